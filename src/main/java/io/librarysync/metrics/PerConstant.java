package io.librarysync.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** A held cell for each constant of an enumeration, made when it is first asked for. Safe from any thread. */
final class PerConstant<E extends Enum<E>, C> {
    private final Class<E> type;
    private final Function<E, C> maker;
    private volatile Map<E, C> made = Map.of();

    PerConstant(Class<E> type, Function<E, C> maker) {
        this.type = type;
        this.maker = maker;
    }

    C of(E constant) {
        C known = made.get(constant);
        return known != null ? known : make(constant);
    }

    private synchronized C make(E constant) {
        Map<E, C> grown = new EnumMap<>(type);
        grown.putAll(made);
        C cell = grown.computeIfAbsent(constant, maker);
        made = grown;
        return cell;
    }
}
