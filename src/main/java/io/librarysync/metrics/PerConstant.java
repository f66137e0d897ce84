package io.librarysync.metrics;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A held cell for each constant of an enumeration, made when it is first asked for. Safe from any thread; what is there is
 * found with two reads.
 */
final class PerConstant<E extends Enum<E>, C> {
    private final Function<E, C> maker;
    /** By ordinal, as far as asked for; never changed, only replaced. */
    private volatile @Nullable Object[] made = {};

    PerConstant(Function<E, C> maker) {
        this.maker = maker;
    }

    C of(E constant) {
        C known = find(made, constant);
        return known != null ? known : make(constant);
    }

    @SuppressWarnings("unchecked") // only the maker's are kept
    private @Nullable C find(@Nullable Object[] cells, E constant) {
        int place = place(constant);
        return place < cells.length ? (C) cells[place] : null;
    }

    private synchronized C make(E constant) {
        C known = find(made, constant);
        if (known != null) {
            return known;
        }
        C cell = maker.apply(constant);
        @Nullable Object[] grown = Arrays.copyOf(made, Math.max(made.length, place(constant) + 1));
        grown[place(constant)] = cell;
        made = grown;
        return cell;
    }

    @SuppressWarnings("EnumOrdinal") // what stands there does not outlive this run
    private static int place(Enum<?> constant) {
        return constant.ordinal();
    }
}
