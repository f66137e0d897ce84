package io.librarysync.metrics;

import io.librarysync.instrument.CounterFamily;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.instrument.MetricRegistry;
import io.librarysync.record.SyncLevels;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The state category; all but one metric come from the timeline and the levels. */
final class StateMetrics extends MetricGroup<StateMetricsMXBean, SyncView> {
    private static final long NANOS_PER_MILLI = 1_000_000;

    final CounterFamily illegalTransitions = counters(StateMetricsMXBean::getIllegalTransitions);

    StateMetrics(MetricRegistry registry) {
        super(StateMetricsMXBean.class, registry);
        bindTimeline();
        bindLevels();
        requireAllBound();
    }

    private void bindTimeline() {
        value(
                StateMetricsMXBean::getCurrentState,
                view -> states(view).current().label());
        value(StateMetricsMXBean::getStateEnteredEpochMillis, view -> recorded(view, StateStretch::enteredMillis));
        value(StateMetricsMXBean::getUptimeMillis, view -> view.moment().uptimeNanos() / NANOS_PER_MILLI);
        value(
                StateMetricsMXBean::getTimeInCurrentStateMillis,
                view -> recorded(view, states -> states.enteredNanos() / NANOS_PER_MILLI));
        value(StateMetricsMXBean::getStateHistory, view -> states(view).history());
        value(StateMetricsMXBean::getTotalTimeInState, view -> states(view).millisInState());
        value(StateMetricsMXBean::getTransitionCount, view -> states(view).transitions());
    }

    private void bindLevels() {
        value(StateMetricsMXBean::getBackfillProgress, view -> view.levels().backfillProgress());
        value(StateMetricsMXBean::getBackfillPeer, view -> {
            var peer = view.levels().backfillPeer();
            return peer == null ? null : peer.toString();
        });
        value(StateMetricsMXBean::getPeersOnline, view ->
                (int) view.links().stream().filter(SyncLevels.Link::partner).count());
        value(StateMetricsMXBean::getPeersKnown, view -> view.links().size());
        value(StateMetricsMXBean::getLinksNeedingCatchUp, view -> (int)
                view.links().stream().filter(SyncLevels.Link::needsCatchUp).count());
        value(StateMetricsMXBean::getOutOfSyncReason, view -> inWords(leftToDo(view)));
        value(StateMetricsMXBean::getOutOfSyncReasons, StateMetrics::leftToDo);
        value(StateMetricsMXBean::getStalledForMillis, view -> view.levels().stalledForMillis());
    }

    private static List<String> leftToDo(SyncView view) {
        return OutOfSync.reasons(states(view).current(), view.levels());
    }

    private static @Nullable String inWords(List<String> reasons) {
        return reasons.isEmpty() ? null : String.join(", ", reasons);
    }

    private static StateStretch states(SyncView view) {
        return view.moment().states();
    }

    /** A value that only recording tells; null while it is off. */
    private static @Nullable Long recorded(SyncView view, Function<StateStretch, Long> value) {
        StateStretch states = states(view);
        return states.isRecorded() ? value.apply(states) : null;
    }
}
