package io.librarysync.events;

import io.librarysync.metrics.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened on one device.
 *
 * @param at by the wall clock of that device
 * @param device where it happened
 * @param peer the other device that took part; null if none did
 * @param models whose records it is about; empty if about none in particular
 * @param records how many changes it is about; null if about none
 * @param duration how long it took; null if it has no length
 * @param correlation the session that it belongs to, the same on both devices; null if to none
 * @param summary one line for people
 */
public record SyncEvent(
        EventId id,
        Instant at,
        SyncEventType type,
        Member device,
        @Nullable Member peer,
        List<String> models,
        @Nullable Long records,
        @Nullable Duration duration,
        @Nullable String correlation,
        String summary) {

    public SyncEvent {
        models = List.copyOf(models);
    }

    public Severity severity() {
        return type.severity();
    }

    public EventCategory category() {
        return type.category();
    }
}
