package io.librarysync.metrics;

import io.librarysync.domain.SyncState;
import io.librarysync.instrument.CounterFamily;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.instrument.MetricRegistry;
import io.librarysync.record.SyncLevels;

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
                view -> timeline(view).current().label());
        value(StateMetricsMXBean::getStateEnteredEpochMillis, view -> timeline(view)
                .enteredMillis());
        value(
                StateMetricsMXBean::getUptimeMillis,
                view -> millisSince(view, view.moment().serviceStartedNanos()));
        value(
                StateMetricsMXBean::getTimeInCurrentStateMillis,
                view -> millisSince(view, timeline(view).enteredNanos()));
        value(StateMetricsMXBean::getStateHistory, view -> timeline(view)
                .historySince(baseline(view).timeline()));
        value(StateMetricsMXBean::getTotalTimeInState, view -> timeline(view)
                .millisInStateSince(
                        baseline(view).timeline(),
                        baseline(view).nanos(),
                        view.moment().nanos()));
        value(StateMetricsMXBean::getTransitionCount, view -> timeline(view)
                .transitionsSince(baseline(view).timeline()));
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
        value(StateMetricsMXBean::isInSync, view -> OutOfSync.reason(state(view), view.levels()) == null);
        value(StateMetricsMXBean::getOutOfSyncReason, view -> OutOfSync.reason(state(view), view.levels()));
        value(StateMetricsMXBean::getStalledForMillis, view -> view.levels().stalledForMillis());
    }

    private static SyncState state(SyncView view) {
        return timeline(view).current();
    }

    private static StateTimeline timeline(SyncView view) {
        return view.moment().timeline();
    }

    private static Baseline baseline(SyncView view) {
        return view.moment().baseline();
    }

    private static long millisSince(SyncView view, long nanos) {
        return (view.moment().nanos() - nanos) / NANOS_PER_MILLI;
    }
}
