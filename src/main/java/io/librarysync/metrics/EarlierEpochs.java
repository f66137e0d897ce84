package io.librarysync.metrics;

import io.librarysync.domain.SyncState;
import io.librarysync.instrument.Reading;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What the epochs of a run that have ended leave behind, besides the cells, which outlive them.
 *
 * @param peaks a reading with their highest values
 * @param nanosInState the time in each state
 * @param transitions how often each edge was taken
 * @param opening what was open when the run began, and what more or less was found after recording had been off
 */
record EarlierEpochs(
        Reading peaks, Map<SyncState, Long> nanosInState, Map<String, Long> transitions, OpenWork opening) {
    static final EarlierEpochs NONE = new EarlierEpochs(Reading.nothing(), Map.of(), Map.of(), OpenWork.NONE);

    EarlierEpochs {
        nanosInState = Map.copyOf(nanosInState);
        transitions = Map.copyOf(transitions);
    }

    /** With one more of them. */
    EarlierEpochs plus(Reading closing, StateStretch states) {
        StateStretch both = addedTo(states);
        return new EarlierEpochs(closing.raisedTo(peaks), both.nanosInState(), both.transitions(), opening);
    }

    EarlierEpochs foundMore(OpenWork found) {
        return new EarlierEpochs(peaks, nanosInState, transitions, opening.plus(found));
    }

    /** The states of an epoch, and of these before it. */
    StateStretch addedTo(StateStretch epoch) {
        Map<SyncState, Long> nanos = new EnumMap<>(SyncState.class);
        nanos.putAll(nanosInState);
        epoch.nanosInState().forEach((state, stay) -> nanos.merge(state, stay, Long::sum));
        Map<String, Long> edges = new HashMap<>(transitions);
        epoch.transitions().forEach((edge, count) -> edges.merge(edge, count, Long::sum));
        return new StateStretch(
                epoch.current(), epoch.enteredMillis(), epoch.enteredNanos(), nanos, edges, epoch.history());
    }
}
