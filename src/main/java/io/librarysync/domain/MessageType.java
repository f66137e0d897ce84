package io.librarysync.domain;

/** The types of payload that travel between devices. */
public enum MessageType implements Labelled {
    STATE_BATCH("StateBatch"),
    SHARED_CHANGE_BATCH("SharedChangeBatch"),
    RECEIPT("Receipt"),
    STATE_REQUEST("StateRequest"),
    STATE_RESPONSE("StateResponse"),
    SHARED_CHANGE_REQUEST("SharedChangeRequest"),
    SHARED_CHANGE_RESPONSE("SharedChangeResponse"),
    ACK_SHARED_CHANGES("AckSharedChanges"),
    HEARTBEAT("Heartbeat"),
    WATERMARK_EXCHANGE_REQUEST("WatermarkExchangeRequest"),
    WATERMARK_EXCHANGE_RESPONSE("WatermarkExchangeResponse"),
    EVENT_LOG_REQUEST("EventLogRequest"),
    EVENT_LOG_RESPONSE("EventLogResponse"),
    RECORD_REQUEST("RecordRequest"),
    RECORD_RESPONSE("RecordResponse"),
    ERROR("Error"),
    /** A payload whose type cannot be read. */
    UNREADABLE("Unreadable");

    private final String label;

    MessageType(String label) {
        this.label = label;
    }

    /** The name on the wire. */
    @Override
    public String label() {
        return label;
    }

    public static MessageType ofLabel(String label) {
        for (MessageType type : values()) {
            if (type.label.equals(label)) {
                return type;
            }
        }
        return UNREADABLE;
    }
}
