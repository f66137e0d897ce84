package io.librarysync.metrics;

import io.librarysync.domain.SyncState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The states of one run, as a value: where it stands, since when, how long it stayed where, and how it got there.
 *
 * @param enteredMillis wall time of the last transition, else of the start
 * @param finishedNanos finished stays by state; the running one is not in it
 * @param transitions how often each edge was taken, by its key
 * @param history the last {@value #HISTORY} transitions, oldest first
 */
public record StateTimeline(
        SyncState current,
        long enteredMillis,
        long enteredNanos,
        Map<SyncState, Long> finishedNanos,
        Map<String, Long> transitions,
        List<StateTransition> history) {

    static final int HISTORY = 100;
    private static final long NANOS_PER_MILLI = 1_000_000;

    public StateTimeline {
        finishedNanos = Map.copyOf(finishedNanos);
        transitions = Map.copyOf(transitions);
        history = List.copyOf(history);
    }

    static StateTimeline startingIn(SyncState state, long millis, long nanos) {
        return new StateTimeline(state, millis, nanos, Map.of(), Map.of(), List.of());
    }

    StateTimeline transitionTo(SyncState next, String reason, long millis, long nanos) {
        StateTransition step = new StateTransition(current.label(), next.label(), millis, reason);
        Map<SyncState, Long> finished = new EnumMap<>(SyncState.class);
        finished.putAll(finishedNanos);
        finished.merge(current, nanos - enteredNanos, Long::sum);
        Map<String, Long> counts = new LinkedHashMap<>(transitions);
        counts.merge(step.edge(), 1L, Long::sum);
        return new StateTimeline(next, millis, nanos, finished, counts, appended(step));
    }

    /** How often any edge was taken. */
    long steps() {
        return transitions.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Nanoseconds in each state up to {@code nowNanos}, the running stay included. */
    Map<SyncState, Long> nanosInState(long nowNanos) {
        Map<SyncState, Long> totals = new EnumMap<>(SyncState.class);
        totals.putAll(finishedNanos);
        totals.merge(current, nowNanos - enteredNanos, Long::sum);
        return totals;
    }

    /**
     * Milliseconds in each state, by label, between two moments of this run. They add up to the whole milliseconds between
     * the two; the current state takes the rounding.
     */
    Map<String, Long> millisInStateSince(StateTimeline earlier, long earlierNanos, long nowNanos) {
        Map<SyncState, Long> before = earlier.nanosInState(earlierNanos);
        Map<String, Long> millis = new LinkedHashMap<>();
        long rest = (nowNanos - earlierNanos) / NANOS_PER_MILLI;
        for (Map.Entry<SyncState, Long> total : nanosInState(nowNanos).entrySet()) {
            long stay = (total.getValue() - before.getOrDefault(total.getKey(), 0L)) / NANOS_PER_MILLI;
            if (total.getKey() != current && stay > 0) {
                millis.put(total.getKey().label(), stay);
                rest -= stay;
            }
        }
        millis.put(current.label(), rest);
        return millis;
    }

    /** The transitions after an earlier moment of this run, of those still held. */
    List<StateTransition> historySince(StateTimeline earlier) {
        int fresh = (int) Math.max(0, Math.min(history.size(), steps() - earlier.steps()));
        return history.subList(history.size() - fresh, history.size());
    }

    /** How often each edge was taken since an earlier moment of this run; others are left out. */
    Map<String, Long> transitionsSince(StateTimeline earlier) {
        Map<String, Long> fresh = new LinkedHashMap<>();
        transitions.forEach((edge, count) -> {
            long since = count - earlier.transitions.getOrDefault(edge, 0L);
            if (since > 0) {
                fresh.put(edge, since);
            }
        });
        return fresh;
    }

    private List<StateTransition> appended(StateTransition step) {
        List<StateTransition> longer = new ArrayList<>(history);
        longer.add(step);
        return longer.size() > HISTORY ? longer.subList(1, longer.size()) : longer;
    }
}
