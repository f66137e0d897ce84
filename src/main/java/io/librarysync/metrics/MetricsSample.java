package io.librarysync.metrics;

import io.librarysync.instrument.Frame;
import java.time.Instant;
import java.util.List;

/**
 * Everything about a device at one moment of one epoch, in a form that outlives the run.
 *
 * @param frame what was counted since the epoch began, and the levels of the moment
 * @param transitions how many transitions the epoch has had by then
 * @param errors how many errors the epoch has had by then
 * @param history the last transitions of the epoch, oldest first
 * @param recentErrors the last errors of the epoch, newest first
 */
public record MetricsSample(
        EpochInfo epoch,
        Instant timestamp,
        Frame frame,
        long transitions,
        long errors,
        List<StateTransition> history,
        List<ErrorEvent> recentErrors) {

    public MetricsSample {
        history = List.copyOf(history);
        recentErrors = List.copyOf(recentErrors);
    }
}
