package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelType;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The held changes of {@code pending_changes}, in memory: those that wait for their turn, and those for a missing row. */
final class HeldChanges {

    private final Map<Long, Held> byId = new LinkedHashMap<>();
    private final NavigableMap<Long, Integer> receivedAt = new TreeMap<>();
    private final Map<UUID, Map<Long, Held>> waiting = new HashMap<>();
    private final Map<Scope, NavigableMap<Long, Held>> inTurn = new LinkedHashMap<>();
    private final Map<DeviceId, Map<ModelType, Long>> inTurnCounts = new HashMap<>();
    private final Map<DeviceId, Map<ModelType, Long>> waitingCounts = new HashMap<>();
    private int waitingCount;

    /** Why a change is held. */
    enum Why {
        /** Live, while a pull is under way. */
        BUFFER,
        /** What comes before it is missing. */
        GAP,
        /** A row it refers to is missing. */
        DEPENDENCY;

        private final String label = name().toLowerCase(Locale.ROOT);

        String label() {
            return label;
        }

        static Why ofLabel(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    /** One held change; {@code missing} is the row it waits for, if it waits for one. */
    record Held(long id, Why why, @Nullable UUID missing, Incoming change, long receivedAt) {}

    void add(Held held) {
        byId.put(held.id(), held);
        receivedAt.merge(held.receivedAt(), 1, Integer::sum);
        count(held, 1);
        UUID missing = held.missing();
        if (missing != null) {
            waitingCount++;
            waiting.computeIfAbsent(missing, uuid -> new LinkedHashMap<>()).put(held.id(), held);
        } else {
            inTurn.computeIfAbsent(held.change().scope(), scope -> new TreeMap<>())
                    .put(held.change().order(), held);
        }
    }

    void remove(Held held) {
        byId.remove(held.id());
        receivedAt.computeIfPresent(held.receivedAt(), (at, many) -> many == 1 ? null : many - 1);
        count(held, -1);
        UUID missing = held.missing();
        if (missing != null) {
            waitingCount--;
            waiting.computeIfPresent(missing, (uuid, waiters) -> without(waiters, held.id()));
        } else {
            inTurn.computeIfPresent(
                    held.change().scope(),
                    (scope, queue) -> without(queue, held.change().order()));
        }
    }

    Collection<Held> all() {
        return byId.values();
    }

    Collection<Held> waitersOf(UUID uuid) {
        return waiting.getOrDefault(uuid, Map.of()).values();
    }

    /** The scopes of which changes wait for their turn. */
    Set<Scope> scopesInTurn() {
        return Set.copyOf(inTurn.keySet());
    }

    /** The changes of a scope that wait for their turn, in order. */
    List<Held> inTurn(Scope scope) {
        NavigableMap<Long, Held> queue = inTurn.get(scope);
        return queue == null ? List.of() : List.copyOf(queue.values());
    }

    /** The change at {@code order} of a scope that waits for its turn; null if none does. */
    @Nullable
    Held inTurn(Scope scope, long order) {
        NavigableMap<Long, Held> queue = inTurn.get(scope);
        return queue == null ? null : queue.get(order);
    }

    int inTurnCount() {
        return byId.size() - waitingCount;
    }

    /** When the oldest was received; null if none is held. */
    @Nullable
    Long oldestMillis() {
        return receivedAt.isEmpty() ? null : receivedAt.firstKey();
    }

    /** How many of those that wait for their turn each peer sent of each model. */
    Map<DeviceId, Map<ModelType, Long>> inTurnCounts() {
        return inTurnCounts;
    }

    /** How many of those that wait for a row each peer sent of each model. */
    Map<DeviceId, Map<ModelType, Long>> waitingCounts() {
        return waitingCounts;
    }

    private void count(Held held, long by) {
        (held.missing() == null ? inTurnCounts : waitingCounts)
                .computeIfAbsent(held.change().link(), peer -> new HashMap<>())
                .merge(held.change().model(), by, Long::sum);
    }

    private static <K, V, M extends Map<K, V>> @Nullable M without(M map, K key) {
        map.remove(key);
        return map.isEmpty() ? null : map;
    }
}
