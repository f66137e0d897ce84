package io.librarysync.insight;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One device that takes part, and what its book says at a glance. */
record Party(Book book) {
    private static final List<String> EARLIEST = List.of("earliest known");
    private static final List<String> WORK = List.of(
            "outbox_depth",
            "changes_outstanding",
            "retry_queue_depth",
            "buffer_queue_depth",
            "active_backfill_sessions",
            "links_needing_catch_up");

    String id() {
        return book.deviceId();
    }

    String name() {
        return book.deviceName();
    }

    Optional<Figures> whole() {
        return ofEpoch(null, null);
    }

    Optional<Figures> ofEpoch(@Nullable String peer, @Nullable String model) {
        return book.ofEpoch(peer, model).map(Figures::new);
    }

    Optional<Figures> everCounted(@Nullable String peer, @Nullable String model) {
        return book.everCounted(peer, model).map(Figures::new);
    }

    /** The ids of the devices that it has met. */
    Set<String> peers() {
        return keys("entries_by_device").stream()
                .filter(id -> !id.equals(id()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    Set<String> models() {
        return keys("entries_synced");
    }

    private Set<String> keys(String map) {
        Set<String> keys = new LinkedHashSet<>();
        whole().flatMap(figures -> figures.node(map))
                .ifPresent(node -> node.fieldNames().forEachRemaining(keys::add));
        return keys;
    }

    /** What of the snapshot says that work is going on; empty if nothing does. */
    static String busy(Figures figures) {
        String depths = WORK.stream()
                .filter(name -> figures.orZero(name) > 0)
                .map(name -> name + " " + figures.orZero(name))
                .collect(Collectors.joining(", "));
        String reason = figures.text("state", "out_of_sync_reason");
        return depths.isEmpty() ? reason : depths;
    }

    /** Whether it was recording at the time. */
    boolean isRecorded() {
        return whole().map(figures -> figures.json().path("enabled").asBoolean(true))
                .orElse(true);
    }

    /** Whether it is connected to {@code others} devices at least; true if that is not known. */
    boolean isConnectedTo(int others) {
        return whole().map(figures -> figures.number("peers_online").orElse(others) >= others)
                .orElse(true);
    }

    /** Why a snapshot does not tell all that ever happened on a link; empty if it does. */
    String gaps(Figures figures) {
        Stream<String> missing = missing(figures.json().path("window").path("missing"));
        String gaps = missing.distinct().collect(Collectors.joining(", "));
        if (!gaps.isEmpty()) {
            return gaps;
        }
        boolean reset = figures.text("window", "span").equals("epoch")
                && !figures.text("epoch", "opened_by").equals("start");
        return reset ? name() + " counts since its " + figures.text("epoch", "opened_by") + " only" : "";
    }

    private Stream<String> missing(JsonNode missing) {
        Stream.Builder<String> gaps = Stream.builder();
        for (JsonNode part : missing) {
            String reason = part.path("reason").asText();
            if (!EARLIEST.contains(reason)) {
                gaps.add(
                        "%s: %s at %s".formatted(name(), reason, part.path("at").asText()));
            }
        }
        return gaps.build();
    }
}
