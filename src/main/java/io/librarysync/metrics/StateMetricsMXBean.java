package io.librarysync.metrics;

import static io.librarysync.instrument.Metric.COUNTER;
import static io.librarysync.instrument.Metric.EPOCH_MILLIS;
import static io.librarysync.instrument.Metric.GAUGE;
import static io.librarysync.instrument.Metric.INFO;
import static io.librarysync.instrument.Metric.MILLIS;
import static io.librarysync.instrument.Metric.PERCENT;

import io.librarysync.instrument.Metric;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the sync of this device stands and how it got there. */
public interface StateMetricsMXBean {

    @Metric(value = "The state now: Uninitialized, Backfilling, CatchingUp, Ready or Paused", kind = INFO)
    String getCurrentState();

    @Metric(
            value = "Wall time of the last transition, else of the start of the service",
            kind = INFO,
            unit = EPOCH_MILLIS,
            json = "state_entered_at")
    long getStateEnteredEpochMillis();

    @Metric(value = "Time since the service started; a reset does not touch it", kind = GAUGE, unit = MILLIS)
    long getUptimeMillis();

    @Metric(value = "Time since the last transition, else since the start", kind = GAUGE, unit = MILLIS)
    long getTimeInCurrentStateMillis();

    @Metric(value = "The last 100 transitions since the epoch began, oldest first, each with its reason", kind = INFO)
    List<StateTransition> getStateHistory();

    @Metric(
            value = "Time in each state, the running stay included; states never entered are absent",
            unit = MILLIS,
            key = Dimension.STATE)
    Map<String, Long> getTotalTimeInState();

    @Metric(
            value = "Transitions by edge, such as CatchingUp->Ready; edges never taken are absent",
            key = Dimension.EDGE)
    Map<String, Long> getTransitionCount();

    @Metric(
            value = "Transitions refused because they follow no legal edge; 0 unless the engine is wrong",
            kind = COUNTER)
    long getIllegalTransitions();

    @Metric(
            value = "How much of the running backfill is done; absent (−1) unless Backfilling",
            kind = GAUGE,
            unit = PERCENT)
    int getBackfillProgress();

    @Metric(value = "The device that the running backfill pulls from; absent unless Backfilling", kind = INFO)
    @Nullable
    String getBackfillPeer();

    @Metric(value = "Partners now: members that are online and not Paused", kind = GAUGE, by = Dimension.PEER)
    int getPeersOnline();

    @Metric(value = "Members of the library besides this device", kind = GAUGE, by = Dimension.PEER)
    int getPeersKnown();

    @Metric(
            value = "Links marked for a catch-up because of a gap, an overflow or an exhausted retry",
            kind = GAUGE,
            by = Dimension.PEER)
    int getLinksNeedingCatchUp();

    @Metric(
            value =
                    "Whether nothing is left to do here: Ready, all queues empty, no pull open, no lag behind an online "
                            + "partner",
            kind = GAUGE)
    default boolean isInSync() {
        return getOutOfSyncReason() == null;
    }

    @Metric(value = "What is left to do, in words; absent when in sync", kind = INFO)
    @Nullable
    String getOutOfSyncReason();

    @Metric(value = "What is left to do, one by one, in the same words; empty when in sync", kind = INFO)
    List<String> getOutOfSyncReasons();

    @Metric(
            value = "Time since anything moved while work is pending; 0 if none is pending",
            kind = GAUGE,
            unit = MILLIS)
    long getStalledForMillis();
}
