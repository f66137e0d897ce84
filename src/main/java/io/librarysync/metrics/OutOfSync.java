package io.librarysync.metrics;

import io.librarysync.domain.SyncState;
import io.librarysync.record.SyncLevels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What is left to do before this device's part of the quiescence predicate holds. */
final class OutOfSync {
    private final List<String> reasons = new ArrayList<>();

    private OutOfSync() {}

    /** Each in words; none when nothing is left. */
    static List<String> reasons(SyncState state, SyncLevels levels) {
        OutOfSync found = new OutOfSync();
        if (state != SyncState.READY) {
            found.reasons.add(state.label());
        }
        found.add(total(levels.outbox()), "not yet broadcast");
        found.add(over(levels, SyncLevels.Link::outstanding), "awaiting a receipt");
        found.add(count(levels, SyncLevels.Link::retryDepth), "in the retry queue");
        found.add(over(levels, SyncLevels.Link::heldBuffer), "held for their turn");
        found.add(over(levels, SyncLevels.Link::heldWaiting), "waiting for a missing row");
        found.add(count(levels, SyncLevels.Link::activeSessions), "pulls running");
        found.add(count(levels, link -> link.needsCatchUp() ? 1 : 0), "links need a catch-up");
        levels.links().forEach(found::addLag);
        return List.copyOf(found.reasons);
    }

    private void add(long amount, String what) {
        if (amount > 0) {
            reasons.add(amount + " " + what);
        }
    }

    private void addLag(SyncLevels.Link link) {
        Long lag = link.lagMillis();
        if (link.partner() && lag == null) {
            reasons.add(link.name() + " has not said yet what it has");
        } else if (link.online() && lag != null && lag > 0) {
            reasons.add(link.name() + " " + lag + "ms behind");
        }
    }

    private static long over(SyncLevels levels, Function<SyncLevels.Link, Map<?, Long>> level) {
        return count(levels, link -> total(level.apply(link)));
    }

    private static long count(SyncLevels levels, ToLongFunction<SyncLevels.Link> level) {
        return levels.links().stream().mapToLong(level).sum();
    }

    private static long total(Map<?, Long> level) {
        return level.values().stream().mapToLong(Long::longValue).sum();
    }
}
