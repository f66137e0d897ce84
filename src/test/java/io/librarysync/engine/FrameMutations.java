package io.librarysync.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Hlc;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/** Makes wrong frames out of right ones: wrong in their bytes, or well-formed documents that say what they must not. */
final class FrameMutations {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper SMILE = new ObjectMapper(new SmileFactory());
    private static final int FIELDS_OF_THE_ENVELOPE = 5;

    private final SplittableRandom random;
    private final List<JsonNode> nonsense = new ArrayList<>();

    FrameMutations(SplittableRandom random, List<DeviceId> devices, long nowMillis) {
        this.random = random;
        nonsense.add(NullNode.getInstance());
        for (Object value : List.<Object>of(
                "", "x", "planet", "x".repeat(70_000), "\u0000", "\uD800", ":null", "tag:x", true, 1.5, Double.NaN)) {
            nonsense.add(JSON.valueToTree(value));
        }
        for (long value : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, 4}) {
            nonsense.add(JSON.valueToTree(value));
        }
        for (DeviceId device : devices) {
            nonsense.add(JSON.valueToTree(device.toString()));
            nonsense.add(JSON.valueToTree(new Hlc(0, 0, device).toString()));
            nonsense.add(JSON.valueToTree(new Hlc(4_291_747_200_000L, 0, device).toString()));
            nonsense.add(JSON.valueToTree(new Hlc(nowMillis, Long.MAX_VALUE, device).toString()));
        }
        nonsense.add(JSON.createArrayNode());
        nonsense.add(JSON.createObjectNode());
        nonsense.add(nested(900));
        nonsense.add(nested(3_000));
    }

    /** One wrong frame of a right one, given in both formats. */
    byte[] of(byte[] json, byte[] smile) {
        return switch (random.nextInt(8)) {
            case 0 -> flipped(random.nextBoolean() ? json : smile);
            case 1 -> truncated(random.nextBoolean() ? json : smile);
            case 2 -> random.nextInt(4) == 0 ? noise() : flipped(smile);
            default -> retold(json);
        };
    }

    private byte[] flipped(byte[] payload) {
        byte[] damaged = payload.clone();
        for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        return damaged;
    }

    private byte[] truncated(byte[] payload) {
        return Arrays.copyOf(payload, random.nextInt(payload.length));
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(500)];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) random.nextInt();
        }
        return noise;
    }

    private byte[] retold(byte[] json) {
        try {
            JsonNode document = JSON.readTree(json);
            List<Place> places = new ArrayList<>();
            collect(document, places);
            List<Place> body = places.subList(random.nextInt(20) == 0 ? 0 : FIELDS_OF_THE_ENVELOPE, places.size());
            for (int hits = 1 + random.nextInt(2); hits > 0; hits--) {
                distort(body.get(random.nextInt(body.size())));
            }
            return (random.nextBoolean() ? JSON : SMILE).writeValueAsBytes(document);
        } catch (IOException e) {
            // what no writer can write is no frame; this one is none either
            return new byte[] {'{'};
        }
    }

    private void distort(Place place) {
        switch (random.nextInt(6)) {
            case 0 -> place.remove();
            case 1 -> place.repeat();
            default -> place.put(nonsense.get(random.nextInt(nonsense.size())));
        }
    }

    private static void collect(JsonNode node, List<Place> places) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> places.add(new Place(object, name, 0)));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                places.add(new Place(array, "", i));
            }
        }
        for (Iterator<JsonNode> inner = node.elements(); inner.hasNext(); ) {
            collect(inner.next(), places);
        }
    }

    private static JsonNode nested(int depth) {
        ArrayNode node = JSON.createArrayNode();
        for (int i = 0; i < depth; i++) {
            node = JSON.createArrayNode().add(node);
        }
        return node;
    }

    /** A value in its object or array. */
    private record Place(JsonNode in, String name, int index) {
        void put(JsonNode value) {
            if (in instanceof ObjectNode object) {
                object.set(name, value);
            } else if (index < in.size()) {
                ((ArrayNode) in).set(index, value);
            }
        }

        void remove() {
            if (in instanceof ObjectNode object) {
                object.remove(name);
            } else if (index < in.size()) {
                ((ArrayNode) in).remove(index);
            }
        }

        void repeat() {
            if (in instanceof ArrayNode array && index < array.size()) {
                array.add(array.get(index));
            }
        }
    }
}
