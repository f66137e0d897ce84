package io.librarysync.testing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.smile.SmileConstants;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import io.librarysync.domain.MessageType;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What can be seen of a payload from outside.
 *
 * @param type of the message, as the devices call it
 * @param changes how many it carries, by model
 * @param reason why a request was not done; empty unless it says so
 */
record Payload(String type, int bytes, Map<String, Long> changes, String reason) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper SMILE = new ObjectMapper(new SmileFactory());
    private static final String ERROR = MessageType.ERROR.label();
    private static final String RECEIPT = MessageType.RECEIPT.label();
    private static final Set<String> BATCHES =
            Set.of(MessageType.STATE_BATCH.label(), MessageType.SHARED_CHANGE_BATCH.label());
    private static final Set<String> PAGES =
            Set.of(MessageType.STATE_RESPONSE.label(), MessageType.SHARED_CHANGE_RESPONSE.label());
    private static final Set<String> NEVER_LOOKED_AT =
            Set.of("paused", "history_rewound", "unknown_peer", "malformed", "unexpected");

    static Payload of(byte[] payload) {
        String type = typeOf(payload);
        if (!BATCHES.contains(type) && !PAGES.contains(type) && !type.equals(ERROR)) {
            return new Payload(type, payload.length, Map.of(), "");
        }
        try {
            JsonNode message = reader(payload).readTree(payload);
            return new Payload(
                    type,
                    payload.length,
                    changes(message),
                    message.path("reason").asText(""));
        } catch (IOException e) {
            return new Payload(MessageType.UNREADABLE.label(), payload.length, Map.of(), "");
        }
    }

    boolean isBatch() {
        return BATCHES.contains(type);
    }

    boolean isPage() {
        return PAGES.contains(type);
    }

    boolean isReceipt() {
        return type.equals(RECEIPT);
    }

    /** Whether this answer says that the changes of the request were taken off the wire, whatever became of them. */
    boolean tookChanges() {
        return isReceipt() || (type.equals(ERROR) && !NEVER_LOOKED_AT.contains(reason));
    }

    private static Map<String, Long> changes(JsonNode message) {
        Map<String, Long> changes = new TreeMap<>();
        message.path("records").forEach(row -> count(changes, message));
        message.path("entries").forEach(entry -> count(changes, entry));
        message.path("snapshot").forEach(row -> count(changes, row));
        return changes;
    }

    private static void count(Map<String, Long> changes, JsonNode what) {
        changes.merge(what.path("model").asText(), 1L, Long::sum);
    }

    private static String typeOf(byte[] payload) {
        try (JsonParser parser = reader(payload).createParser(payload)) {
            boolean typed = parser.nextToken() == JsonToken.START_OBJECT
                    && "type".equals(parser.nextFieldName())
                    && parser.nextToken() == JsonToken.VALUE_STRING;
            return MessageType.ofLabel(typed ? parser.getText() : "").label();
        } catch (IOException e) {
            return MessageType.UNREADABLE.label();
        }
    }

    private static ObjectMapper reader(byte[] payload) {
        return payload.length > 0 && payload[0] == SmileConstants.HEADER_BYTE_1 ? SMILE : JSON;
    }
}
