package io.librarysync.metrics;

import io.librarysync.domain.Labelled;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** One held cell for each constant of an enumeration. */
final class PerConstant<E extends Enum<E> & Labelled, C> {
    private final Map<E, C> cells;

    PerConstant(Class<E> type, Function<String, C> cell) {
        cells = new EnumMap<>(type);
        for (E constant : EnumSet.allOf(type)) {
            cells.put(constant, cell.apply(constant.label()));
        }
    }

    C of(E constant) {
        return Objects.requireNonNull(cells.get(constant));
    }
}
