package io.librarysync.metrics;

import io.librarysync.domain.SyncState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The states over one stretch of time, as of its end.
 *
 * @param enteredMillis wall time of the last transition of the run, else of its start
 * @param enteredNanos how long ago that was
 * @param nanosInState the time in each state, the running stay included; it adds up to the whole stretch
 * @param transitions how often each edge was taken, by its key
 * @param history the last transitions, oldest first
 */
record StateStretch(
        SyncState current,
        long enteredMillis,
        long enteredNanos,
        Map<SyncState, Long> nanosInState,
        Map<String, Long> transitions,
        List<StateTransition> history) {
    private static final long NANOS_PER_MILLI = 1_000_000;

    StateStretch {
        nanosInState = Map.copyOf(nanosInState);
        transitions = Map.copyOf(transitions);
        history = List.copyOf(history);
    }

    /** Nothing was recorded; the state is all that is known. */
    static StateStretch unrecorded(SyncState state) {
        return new StateStretch(state, -1, -1, Map.of(), Map.of(), List.of());
    }

    boolean isRecorded() {
        return enteredNanos >= 0;
    }

    /**
     * Milliseconds in each state, by label. They add up to the whole milliseconds of the stretch; the current state takes the
     * rounding. States without a millisecond are left out, the current one is not.
     */
    Map<String, Long> millisInState() {
        Map<String, Long> millis = new LinkedHashMap<>();
        if (!isRecorded()) {
            return millis;
        }
        long rest = nanosInState.values().stream().mapToLong(Long::longValue).sum() / NANOS_PER_MILLI;
        for (SyncState state : SyncState.values()) {
            long whole = nanosInState.getOrDefault(state, 0L) / NANOS_PER_MILLI;
            if (state != current && whole > 0) {
                millis.put(state.label(), whole);
                rest -= whole;
            }
        }
        millis.put(current.label(), rest);
        return millis;
    }

    /** How often any edge was taken. */
    long steps() {
        return Sums.of(transitions);
    }
}
