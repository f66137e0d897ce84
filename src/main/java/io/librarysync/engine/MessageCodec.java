package io.librarysync.engine;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.smile.SmileConstants;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import com.fasterxml.jackson.dataformat.smile.SmileGenerator;
import io.librarysync.domain.DeviceId;
import io.librarysync.domain.LibraryId;
import io.librarysync.domain.MessageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Messages to payloads and back: one Smile or JSON document each, {@code type} first. Safe for any thread. */
final class MessageCodec {

    private static final String TYPE = "type";

    private final ObjectMapper json = WireTypes.configure(new ObjectMapper());
    private final ObjectMapper smile = WireTypes.configure(new ObjectMapper(SmileFactory.builder()
            .enable(SmileGenerator.Feature.LENIENT_UTF_ENCODING)
            .build()));
    private final WireFormat format;
    private final long maxBytes;

    MessageCodec(WireFormat format, long maxBytes) {
        this.format = format;
        this.maxBytes = maxBytes;
    }

    /** The payload of {@code envelope}; one that is too large is an {@link IllegalArgumentException}. */
    byte[] encode(Envelope envelope) {
        byte[] payload = write(envelope);
        if (payload.length > maxBytes) {
            throw new IllegalArgumentException(
                    envelope.message().type().label() + " of " + payload.length + " bytes is larger than " + maxBytes);
        }
        return payload;
    }

    Envelope decode(byte[] payload) throws MalformedException {
        if (payload.length > maxBytes) {
            throw new MalformedException(payload.length + " bytes are more than " + maxBytes, null);
        }
        try {
            ObjectMapper reader = readerOf(payload);
            Header header = reader.readValue(payload, Header.class);
            return new Envelope(
                    header.libraryId(),
                    header.from(),
                    header.msgId(),
                    header.attempt(),
                    reader.readValue(payload, bodyOf(header.type())));
        } catch (IOException | RuntimeException e) {
            throw new MalformedException(describe(e), e);
        }
    }

    /** The type of a payload without reading the rest of it. */
    MessageType peek(byte[] payload) {
        try (JsonParser parser = readerOf(payload).createParser(payload)) {
            boolean typed = parser.nextToken() == JsonToken.START_OBJECT
                    && TYPE.equals(parser.nextFieldName())
                    && parser.nextToken() == JsonToken.VALUE_STRING;
            return typed ? MessageType.ofLabel(parser.getText()) : MessageType.UNREADABLE;
        } catch (IOException | RuntimeException e) {
            return MessageType.UNREADABLE;
        }
    }

    /** A held change as the text that is stored. */
    String hold(Incoming change) {
        try {
            return json.writeValueAsString(change);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a change can always be written", e);
        }
    }

    /** Reads what {@link #hold} wrote. */
    Incoming release(String held) {
        try {
            return json.readValue(held, Incoming.class);
        } catch (JsonProcessingException e) {
            throw new StoreException(
                    StoreException.Kind.DATABASE, "a held change cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private byte[] write(Envelope envelope) {
        Message message = envelope.message();
        try {
            return bytesOf(new Flat(
                    message.type(),
                    envelope.library(),
                    envelope.from(),
                    envelope.msgId(),
                    envelope.attempt(),
                    message));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(message.type().label() + " cannot be written", e);
        }
    }

    /** Half a character, which text that came in an escape may hold, is written as a question mark or the like. */
    private byte[] bytesOf(Flat message) throws JsonProcessingException {
        return format == WireFormat.JSON
                ? json.writeValueAsString(message).getBytes(StandardCharsets.UTF_8)
                : smile.writeValueAsBytes(message);
    }

    private ObjectMapper readerOf(byte[] payload) {
        return payload.length > 0 && payload[0] == SmileConstants.HEADER_BYTE_1 ? smile : json;
    }

    private static Class<? extends Message> bodyOf(MessageType type) throws MalformedException {
        return switch (type) {
            case STATE_BATCH -> Message.StateBatch.class;
            case SHARED_CHANGE_BATCH -> Message.SharedChangeBatch.class;
            case RECEIPT -> Message.Receipt.class;
            case STATE_REQUEST -> Message.StateRequest.class;
            case STATE_RESPONSE -> Message.StateResponse.class;
            case SHARED_CHANGE_REQUEST -> Message.SharedChangeRequest.class;
            case SHARED_CHANGE_RESPONSE -> Message.SharedChangeResponse.class;
            case ACK_SHARED_CHANGES -> Message.AckSharedChanges.class;
            case HEARTBEAT -> Message.Heartbeat.class;
            case WATERMARK_EXCHANGE_REQUEST -> Message.WatermarkExchangeRequest.class;
            case WATERMARK_EXCHANGE_RESPONSE -> Message.WatermarkExchangeResponse.class;
            case RECORD_REQUEST -> Message.RecordRequest.class;
            case RECORD_RESPONSE -> Message.RecordResponse.class;
            case ERROR -> Message.Refusal.class;
            case EVENT_LOG_REQUEST -> Message.EventLogRequest.class;
            case EVENT_LOG_RESPONSE -> Message.EventLogResponse.class;
            case UNREADABLE -> throw new MalformedException("no message of this protocol: " + type.label(), null);
        };
    }

    private static String describe(Exception e) {
        return e instanceof JsonProcessingException parse ? parse.getOriginalMessage() : String.valueOf(e.getMessage());
    }

    /** An envelope as it stands on the wire. */
    private record Flat(
            MessageType type,
            LibraryId libraryId,
            DeviceId from,
            UUID msgId,
            int attempt,
            @JsonUnwrapped Message body) {}

    private record Header(
            @JsonProperty(required = true) MessageType type,
            @JsonProperty(required = true) LibraryId libraryId,
            @JsonProperty(required = true) DeviceId from,
            @JsonProperty(required = true) UUID msgId,
            int attempt) {}
}
