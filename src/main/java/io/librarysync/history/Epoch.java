package io.librarysync.history;

import io.librarysync.domain.Labelled;
import io.librarysync.metrics.EpochInfo;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An epoch as it is kept: in which run it was and how it ended.
 *
 * @param run the service start it belongs to
 * @param endedAt null, as {@code endedBy}, while it lasts
 */
public record Epoch(EpochInfo info, String run, @Nullable Instant endedAt, @Nullable Ending endedBy) {

    public Epoch {
        if ((endedAt == null) != (endedBy == null)) {
            throw new IllegalArgumentException("an epoch has an end and a reason for it, or neither: " + info.id());
        }
    }

    /** Why an epoch ended. */
    public enum Ending implements Labelled {
        STOP,
        RESET,
        DISABLED,
        /** The process ended without saying so; the epoch reaches to its last stored sample. */
        CRASH;

        @Override
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** An epoch that lasts. */
    public static Epoch open(EpochInfo info, String run) {
        return new Epoch(info, run, null, null);
    }

    /** This epoch, over. */
    public Epoch ended(Instant at, Ending by) {
        return new Epoch(info, run, at, by);
    }

    public String id() {
        return info.id();
    }

    public Instant startedAt() {
        return info.startedAt();
    }

    public boolean isOpen() {
        return endedAt == null;
    }
}
