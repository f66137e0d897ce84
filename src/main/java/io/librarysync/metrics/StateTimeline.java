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
        return Sums.of(transitions);
    }

    /** The same history, told that it stands in {@code state}: what led there was not recorded. */
    StateTimeline correctedTo(SyncState state, long millis, long nanos) {
        Map<SyncState, Long> finished = new EnumMap<>(SyncState.class);
        finished.putAll(finishedNanos);
        finished.merge(current, nanos - enteredNanos, Long::sum);
        return new StateTimeline(state, millis, nanos, finished, transitions, history);
    }

    /** What happened after an earlier moment of this run, as of {@code nowNanos}. */
    StateStretch since(StateTimeline earlier, long earlierNanos, long nowNanos) {
        return new StateStretch(
                current,
                enteredMillis,
                nowNanos - enteredNanos,
                nanosSince(earlier, earlierNanos, nowNanos),
                transitionsSince(earlier),
                historySince(earlier));
    }

    private Map<SyncState, Long> nanosSince(StateTimeline earlier, long earlierNanos, long nowNanos) {
        Map<SyncState, Long> nanos = nanosInState(nowNanos);
        earlier.nanosInState(earlierNanos).forEach((state, before) -> nanos.merge(state, -before, Long::sum));
        nanos.values().removeIf(stay -> stay == 0);
        return nanos;
    }

    /** Nanoseconds in each state up to {@code nowNanos}, the running stay included. */
    private Map<SyncState, Long> nanosInState(long nowNanos) {
        Map<SyncState, Long> totals = new EnumMap<>(SyncState.class);
        totals.putAll(finishedNanos);
        totals.merge(current, nowNanos - enteredNanos, Long::sum);
        return totals;
    }

    private List<StateTransition> historySince(StateTimeline earlier) {
        int fresh = (int) Math.max(0, Math.min(history.size(), steps() - earlier.steps()));
        return history.subList(history.size() - fresh, history.size());
    }

    private Map<String, Long> transitionsSince(StateTimeline earlier) {
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
