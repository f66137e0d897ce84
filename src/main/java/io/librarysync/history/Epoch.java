package io.librarysync.history;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Labelled;
import io.librarysync.domain.LibraryId;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The stretch between two resets inside one run of a device. Counters belong to an epoch.
 *
 * @param run the service start it belongs to
 * @param endedAt null, as {@code endedBy}, while it lasts
 */
public record Epoch(
        UUID id,
        LibraryId library,
        UUID run,
        DeviceId device,
        Instant startedAt,
        Opening openedBy,
        @Nullable Instant endedAt,
        @Nullable Ending endedBy) {

    public Epoch {
        if ((endedAt == null) != (endedBy == null)) {
            throw new IllegalArgumentException("an epoch has an end and a reason for it, or neither: " + id);
        }
    }

    /** Why an epoch began. */
    public enum Opening implements Labelled {
        START,
        RESET,
        ENABLED;

        @Override
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why an epoch ended. */
    public enum Ending implements Labelled {
        STOP,
        RESET,
        DISABLED,
        /** The process ended without saying so; the epoch reaches to its last stored snapshot. */
        CRASH;

        @Override
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** An epoch that has just begun. */
    public static Epoch begun(
            UUID id, LibraryId library, UUID run, DeviceId device, Instant startedAt, Opening openedBy) {
        return new Epoch(id, library, run, device, startedAt, openedBy, null, null);
    }

    /** This epoch, over. */
    public Epoch ended(Instant at, Ending by) {
        return new Epoch(id, library, run, device, startedAt, openedBy, at, by);
    }
}
