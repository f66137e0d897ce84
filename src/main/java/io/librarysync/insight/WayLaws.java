package io.librarysync.insight;

import io.librarysync.insight.Law.OfNumbers;
import java.util.List;

/**
 * What two devices say of the way from one to the other: the left side is of the sender, about the receiver, the right side
 * of the receiver, about the sender. A way without failures loses nothing.
 */
final class WayLaws {

    /** What says that something went wrong on a link; each is 0 on a way that loses nothing. */
    static final List<String> FAILURES =
            List.of("failed_broadcasts", "retry_failures", "requests_failed", "heartbeats_missed", "redelivered");

    /** What may explain that something is on the way, or was given up. */
    static final List<String> HINTS =
            List.of("changes_outstanding", "changes_undelivered", "retry_queue_depth", "frames_rejected");

    static final OfNumbers CHANGES = OfNumbers.of("C1", "changes_delivered + records_served = changes_received");

    static final List<OfNumbers> ALL = List.of(
            CHANGES,
            OfNumbers.of("C4", "bytes_sent = bytes_received"),
            OfNumbers.of("C4", "frames_sent[*] = frames_received[*]"),
            OfNumbers.of("C5", "pages_served = backfill_pagination_rounds"),
            OfNumbers.of("C5", "acks_sent = acks_received"));

    private WayLaws() {}
}
