package io.librarysync.metrics;

import static io.librarysync.instrument.Metric.CHANGES;
import static io.librarysync.instrument.Metric.ERRORS;
import static io.librarysync.instrument.Metric.INFO;
import static io.librarysync.instrument.Metric.MESSAGES;
import static io.librarysync.metrics.Dimension.CAUSE;
import static io.librarysync.metrics.Dimension.MODEL;
import static io.librarysync.metrics.Dimension.PEER;

import io.librarysync.instrument.Metric;
import java.util.List;
import java.util.Map;

/** What went wrong, how conflicts were settled, and what left the normal path. */
public interface ErrorMetricsMXBean {

    @Metric(
            value = "Sum of the five types of error; a rejected change is one only for some reasons",
            unit = ERRORS,
            by = {PEER, MODEL})
    long getTotalErrors();

    @Metric(value = "Failed sends, resends and requests, whatever the cause", unit = ERRORS, by = PEER)
    long getNetworkErrors();

    @Metric(
            value = "Database failures that belong to no single change: a commit, a page query",
            unit = ERRORS,
            by = {PEER, MODEL})
    long getDatabaseErrors();

    @Metric(
            value = "Changes rejected as apply_error or missing_dependency",
            unit = ERRORS,
            by = {PEER, MODEL})
    long getApplyErrors();

    @Metric(
            value = "Changes rejected as validation, not_owner or clock_ahead, unreadable payloads, refused handshakes",
            unit = ERRORS,
            by = {PEER, MODEL})
    long getValidationErrors();

    @Metric(
            value = "Anything else, such as a directory that cannot be read",
            unit = ERRORS,
            by = {PEER, MODEL})
    long getOtherErrors();

    @Metric(
            value = "Errors by type and cause, such as network.unreachable; causes never met are absent",
            unit = ERRORS,
            by = {PEER, MODEL},
            key = CAUSE)
    Map<String, Long> getErrorsByCause();

    @Metric(value = "Received payloads that could not be decoded or were too large", unit = MESSAGES, by = PEER)
    long getFramesRejected();

    @Metric(
            value = "The last 100 errors since the epoch began, newest first",
            kind = INFO,
            by = {PEER, MODEL})
    List<ErrorEvent> getRecentErrors();

    @Metric(
            value = "Pairs of versions whose writers had not seen each other",
            unit = CHANGES,
            by = {PEER, MODEL})
    long getConflictsDetected();

    @Metric(
            value = "Conflicts settled by the larger clock stamp",
            unit = CHANGES,
            by = {PEER, MODEL})
    default long getConflictsResolvedByHlc() {
        return getConflictsKeptLocal() + getConflictsTookRemote();
    }

    @Metric(
            value = "Conflicts settled because a deletion wins",
            unit = CHANGES,
            by = {PEER, MODEL})
    long getConflictsResolvedByDelete();

    @Metric(
            value = "Conflicts settled by clock in which our version stayed",
            unit = CHANGES,
            by = {PEER, MODEL})
    long getConflictsKeptLocal();

    @Metric(
            value = "Conflicts settled by clock in which the incoming version won",
            unit = CHANGES,
            by = {PEER, MODEL})
    long getConflictsTookRemote();

    @Metric(
            value = "Older versions that came after one which already builds on them",
            unit = CHANGES,
            by = {PEER, MODEL})
    long getAncestorsLate();

    @Metric(
            value = "Received changes for which there was no room; catch-up brings them back",
            unit = CHANGES,
            by = {PEER, MODEL})
    long getLostBufferDropped();

    @Metric(value = "Own changes for which the outbox had no room; peers pull them", unit = CHANGES, by = MODEL)
    long getLostOutboxOverflow();

    @Metric(value = "Messages given up after their last resend; the peer pulls them", unit = MESSAGES, by = PEER)
    long getLostRetryExhausted();

    @Metric(value = "Messages the retry queue had no room for; the peer pulls them", unit = MESSAGES, by = PEER)
    long getLostRetryOverflow();

    @Metric("Transitions refused because they follow no legal edge")
    long getLostIllegalTransitions();

    @Metric(
            value = "Changes whose missing row never came; they are not brought back",
            unit = CHANGES,
            by = {PEER, MODEL})
    long getLostDependenciesExpired();

    @Metric(value = "Events that a full queue refused; they are not brought back", unit = MESSAGES)
    long getLostEventsDropped();

    @Metric(value = "Metric updates that a slow listener missed; the next one is complete", unit = MESSAGES)
    long getLostUpdatesDropped();

    @Metric(
            value = "Samples of the history given up because the store fails or is too slow; they are not brought back",
            unit = MESSAGES)
    long getLostSamplesDropped();

    @Metric("Observations that could not be counted because recording them failed; they are not brought back")
    long getLostObservationsFailed();

    @Metric("Observations counted under other because there were too many labels")
    long getLostLabelOverflow();
}
