package io.librarysync.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * How many changes of each model one message carries. Only models with at least one change have a part, each model once.
 */
public record ModelTally(List<Part> parts) {

    /** {@code changes} of {@code model}, at least one. */
    public record Part(ModelType model, int changes) {}

    public static final ModelTally EMPTY = new ModelTally(List.of());

    public ModelTally {
        parts = List.copyOf(parts);
    }

    public static ModelTally of(ModelType model, int changes) {
        return changes == 0 ? EMPTY : new ModelTally(List.of(new Part(model, changes)));
    }

    /** Counts {@code items} by the model of each; parts stand in order of first appearance. */
    public static <T> ModelTally count(Iterable<T> items, Function<? super T, ModelType> modelOf) {
        List<Part> parts = new ArrayList<>();
        for (T item : items) {
            addOne(parts, modelOf.apply(item));
        }
        return parts.isEmpty() ? EMPTY : new ModelTally(parts);
    }

    /** How many models have a part. */
    public int size() {
        return parts.size();
    }

    /** The model of one part. */
    public ModelType model(int part) {
        return parts.get(part).model();
    }

    /** The changes of one part. */
    public int changes(int part) {
        return parts.get(part).changes();
    }

    public int total() {
        int total = 0;
        for (int part = 0; part < size(); part++) {
            total += changes(part);
        }
        return total;
    }

    private static void addOne(List<Part> parts, ModelType model) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).model().equals(model)) {
                parts.set(i, new Part(model, parts.get(i).changes() + 1));
                return;
            }
        }
        parts.add(new Part(model, 1));
    }
}
