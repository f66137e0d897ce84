package io.librarysync.events;

import io.librarysync.domain.Labelled;
import io.librarysync.domain.SessionKind;
import java.util.Locale;

/** Every kind of event; its label is its name everywhere. */
public enum SyncEventType implements Labelled {
    STATE_TRANSITION(EventCategory.LIFECYCLE, Severity.INFO, "The state of sync changed"),
    BACKFILL_SESSION_STARTED(EventCategory.LIFECYCLE, Severity.INFO, "A pull from nothing began"),
    BACKFILL_SESSION_COMPLETED(EventCategory.LIFECYCLE, Severity.INFO, "A pull from nothing ended with success"),
    BACKFILL_SESSION_FAILED(EventCategory.LIFECYCLE, Severity.WARNING, "A pull from nothing ended without success"),
    CATCH_UP_SESSION_STARTED(EventCategory.LIFECYCLE, Severity.INFO, "A pull from the watermarks began"),
    CATCH_UP_SESSION_COMPLETED(EventCategory.LIFECYCLE, Severity.INFO, "A pull from the watermarks ended with success"),
    CATCH_UP_SESSION_FAILED(
            EventCategory.LIFECYCLE, Severity.WARNING, "A pull from the watermarks ended without success"),
    BATCH_INGESTION(EventCategory.DATA_FLOW, Severity.INFO, "Changes of one model were applied by pulls from one peer"),
    BACKFILL_REQUEST_SENT(EventCategory.DATA_FLOW, Severity.DEBUG, "A page was asked for"),
    BACKFILL_REQUEST_RECEIVED(EventCategory.DATA_FLOW, Severity.DEBUG, "A peer asked for a page"),
    BACKFILL_RESPONSE_SENT(EventCategory.DATA_FLOW, Severity.DEBUG, "A page was sent to a peer"),
    PEER_CONNECTED(EventCategory.NETWORK, Severity.INFO, "A peer is online"),
    PEER_DISCONNECTED(EventCategory.NETWORK, Severity.INFO, "A peer is offline"),
    SYNC_ERROR(EventCategory.ERROR, Severity.ERROR, "Something failed that is counted as an error"),
    PEER_SELECTED(EventCategory.LIFECYCLE, Severity.DEBUG, "The peer to pull from was chosen"),
    PEER_REFUSED(EventCategory.NETWORK, Severity.ERROR, "A handshake was refused; counted as an error"),
    FULL_PULL_FORCED(
            EventCategory.DATA_FLOW, Severity.WARNING, "The watermark is too old, everything is pulled once more"),
    GAP_DETECTED(EventCategory.DATA_FLOW, Severity.WARNING, "Changes before those received are missing"),
    BUFFER_OVERFLOW(EventCategory.DATA_FLOW, Severity.WARNING, "Received changes found no room to wait in"),
    OUTBOX_OVERFLOW(EventCategory.DATA_FLOW, Severity.WARNING, "Own changes found no room to wait in"),
    RETRY_EXHAUSTED(EventCategory.NETWORK, Severity.WARNING, "A message to a peer was given up"),
    STUCK_DEPENDENCIES(
            EventCategory.DATA_FLOW, Severity.WARNING, "Changes wait for rows that should have come long ago"),
    HISTORY_REWOUND(
            EventCategory.ERROR, Severity.ERROR, "A peer has more of our history than we have; counted as an error"),
    ILLEGAL_TRANSITION(EventCategory.ERROR, Severity.ERROR, "A transition along no legal edge was refused"),
    EPOCH_CLOSED(EventCategory.LIFECYCLE, Severity.DEBUG, "An epoch of the metrics is over"),
    METRICS_RESET(EventCategory.LIFECYCLE, Severity.INFO, "The metrics restarted from zero"),
    METRICS_ENABLED(EventCategory.LIFECYCLE, Severity.INFO, "The metrics were switched on"),
    METRICS_DISABLED(EventCategory.LIFECYCLE, Severity.INFO, "The metrics were switched off");

    private final String label = name().toLowerCase(Locale.ROOT);
    private final EventCategory category;
    private final Severity severity;
    private final String meaning;

    SyncEventType(EventCategory category, Severity severity, String meaning) {
        this.category = category;
        this.severity = severity;
        this.meaning = meaning;
    }

    @Override
    public String label() {
        return label;
    }

    public EventCategory category() {
        return category;
    }

    public Severity severity() {
        return severity;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }

    /** The type of that label; what is no label is an {@link IllegalArgumentException} that lists them all. */
    public static SyncEventType ofLabel(String label) {
        return Labels.parse("type", label, values());
    }

    static SyncEventType started(SessionKind kind) {
        return switch (kind) {
            case BACKFILL -> BACKFILL_SESSION_STARTED;
            case CATCH_UP -> CATCH_UP_SESSION_STARTED;
        };
    }

    static SyncEventType completed(SessionKind kind) {
        return switch (kind) {
            case BACKFILL -> BACKFILL_SESSION_COMPLETED;
            case CATCH_UP -> CATCH_UP_SESSION_COMPLETED;
        };
    }

    static SyncEventType failed(SessionKind kind) {
        return switch (kind) {
            case BACKFILL -> BACKFILL_SESSION_FAILED;
            case CATCH_UP -> CATCH_UP_SESSION_FAILED;
        };
    }
}
