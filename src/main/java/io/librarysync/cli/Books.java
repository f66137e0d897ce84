package io.librarysync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.librarysync.cli.DeviceClient.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What two devices say about the way from one to the other: the sender's numbers and the receiver's numbers, which must be
 * equal on a network that loses nothing.
 */
record Books(List<Entry> changes, List<Entry> traffic) {
    static final String PATH = "/api/sync/metrics";

    /** One number, as the sender and as the receiver have it. */
    record Entry(String what, long sent, long received) {
        boolean agrees() {
            return sent == received;
        }
    }

    /** One device that is asked. */
    record Party(DeviceClient client, String id, String name, String epoch, String epochStarted) {

        static Party of(DeviceClient client) {
            JsonNode metrics = client.tree(PATH, List.of(new Parameter("category", "state")));
            JsonNode device = metrics.path("device");
            JsonNode epoch = metrics.path("epoch");
            return new Party(
                    client,
                    device.path("id").asText(),
                    device.path("name").asText(),
                    epoch.path("id").asText(),
                    epoch.path("started_at").asText());
        }

        /** Since when it counts. */
        String since() {
            return "%s counts since %s (epoch %s)".formatted(name, epochStarted, epoch);
        }

        private JsonNode with(Party peer) {
            return client.tree(PATH, List.of(new Parameter("peer", peer.id)));
        }

        private JsonNode with(Party peer, String model) {
            return client.tree(PATH, List.of(new Parameter("peer", peer.id), new Parameter("model", model)));
        }

        private Set<String> models() {
            return names(client.tree(PATH, List.of(new Parameter("category", "data_volume")))
                    .path("data_volume")
                    .path("entries_synced"));
        }
    }

    /** Reads both sides once. */
    static Books read(Party from, Party to) {
        JsonNode sender = from.with(to);
        JsonNode receiver = to.with(from);
        List<Entry> changes = new ArrayList<>(List.of(changes("changes", sender, receiver)));
        changes.addAll(changesByModel(from, to));
        return new Books(changes, traffic(sender, receiver));
    }

    List<Entry> entries() {
        return Stream.concat(changes.stream(), traffic.stream()).toList();
    }

    boolean trafficAgrees() {
        return traffic.stream().allMatch(Entry::agrees);
    }

    private static List<Entry> changesByModel(Party from, Party to) {
        List<Entry> entries = new ArrayList<>();
        Set<String> models = from.models();
        models.addAll(to.models());
        for (String model : models) {
            entries.add(changes("changes of " + model, from.with(to, model), to.with(from, model)));
        }
        return entries;
    }

    private static Entry changes(String what, JsonNode sender, JsonNode receiver) {
        JsonNode sent = sender.path("operations");
        return new Entry(
                what,
                sent.path("changes_delivered").longValue()
                        + sent.path("records_served").longValue(),
                receiver.path("operations").path("changes_received").longValue());
    }

    private static List<Entry> traffic(JsonNode sender, JsonNode receiver) {
        JsonNode sent = sender.path("data_volume");
        JsonNode received = receiver.path("data_volume");
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry(
                "bytes",
                sent.path("bytes_sent").longValue(),
                received.path("bytes_received").longValue()));
        Set<String> types = names(sent.path("frames_sent"));
        types.addAll(names(received.path("frames_received")));
        for (String type : types) {
            entries.add(new Entry(
                    "frames of " + type,
                    sent.path("frames_sent").path(type).longValue(),
                    received.path("frames_received").path(type).longValue()));
        }
        return entries;
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
