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
 * @param clockOffset how far {@code at} was moved back, because the clock of that device was ahead of that of the device that
 *     tells of it; null if it was not moved
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
        String summary,
        @Nullable Duration clockOffset) {

    public SyncEvent {
        models = List.copyOf(models);
    }

    /** The same by a clock that is behind by that much. */
    SyncEvent corrected(Duration ahead) {
        return new SyncEvent(
                id, at.minus(ahead), type, device, peer, models, records, duration, correlation, summary, ahead);
    }

    public Severity severity() {
        return type.severity();
    }

    public EventCategory category() {
        return type.category();
    }
}
