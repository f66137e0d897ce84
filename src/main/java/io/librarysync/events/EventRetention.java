package io.librarysync.events;

import java.time.Duration;

/** How long events are kept, and how many at most. */
public record EventRetention(Duration age, int rows) {
    public static final EventRetention STANDARD = new EventRetention(Duration.ofDays(7), 100_000);
}
