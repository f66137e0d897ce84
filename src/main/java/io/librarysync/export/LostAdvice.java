package io.librarysync.export;

import java.util.Map;

/** What to do about that which left the normal path, by its key in the lost block. */
final class LostAdvice {
    private static final String SEE_LOGS = "see DIR/logs for the reason";
    private static final Map<String, String> BY_KEY = Map.ofEntries(
            Map.entry("buffer_dropped", "a catch-up brings them back; if it stays, raise buffer_capacity"),
            Map.entry("outbox_overflow", "the peers pull them; if it stays, raise outbox_capacity"),
            Map.entry("retry_exhausted", "the peer pulls them once it answers; look at sd sync partners"),
            Map.entry("retry_overflow", "the peer pulls them; raise retry_max_messages or retry_max_bytes"),
            Map.entry("illegal_transitions", "a fault of the engine; report it with DIR/logs"),
            Map.entry(
                    "dependencies_expired",
                    "not brought back; the recent errors name the missing record, write it again on its device"),
            Map.entry("events_dropped", "not brought back; the disk of metrics.db is too slow"),
            Map.entry("updates_dropped", "the next update is complete; a JMX listener is too slow"),
            Map.entry("samples_dropped", "not brought back, windows are coarser; " + SEE_LOGS),
            Map.entry("observations_failed", "the counts miss them; " + SEE_LOGS),
            Map.entry("label_overflow", "counted under other; there are more devices or models than are kept apart"));

    private LostAdvice() {}

    /** One line. */
    static String of(String key) {
        String advice = BY_KEY.get(key);
        if (advice == null) {
            throw new IllegalArgumentException("lost." + key + " has no advice; add it to " + LostAdvice.class);
        }
        return advice;
    }
}
