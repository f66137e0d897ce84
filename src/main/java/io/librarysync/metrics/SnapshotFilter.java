package io.librarysync.metrics;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of the metrics that is asked for.
 *
 * @param peer the id of a device; null for all
 * @param model the name of a model; null for all
 * @param categories the groups wanted; the others are absent from the snapshot
 */
public record SnapshotFilter(@Nullable String peer, @Nullable String model, Set<Category> categories) {

    /** Everything. */
    public static final SnapshotFilter NONE = new SnapshotFilter(null, null, EnumSet.allOf(Category.class));

    public SnapshotFilter {
        categories = Set.copyOf(categories.isEmpty() ? EnumSet.allOf(Category.class) : categories);
    }

    public static SnapshotFilter ofPeer(String peer) {
        return new SnapshotFilter(peer, null, NONE.categories);
    }

    public static SnapshotFilter ofModel(String model) {
        return new SnapshotFilter(null, model, NONE.categories);
    }
}
