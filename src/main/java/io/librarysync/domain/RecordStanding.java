package io.librarysync.domain;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one device knows of one record of the library: the version it holds, and where changes of it are on that device.
 *
 * @param model null if the device never met the record
 * @param title the path of a file, the name of a tag; null unless the record is there
 * @param version null if the device has none, as of a record that it never met
 * @param held received changes of it that are not settled yet, the oldest first; not all if there are many
 * @param rejected how the last change of it ended that was refused in this run, if nothing of it was applied since
 * @param transits where own changes of it are on their way to other devices
 */
public record RecordStanding(
        UUID uuid,
        @Nullable ModelType model,
        @Nullable String title,
        Presence presence,
        @Nullable Version version,
        List<Held> held,
        @Nullable Rejection rejected,
        List<Transit> transits) {

    public RecordStanding {
        Objects.requireNonNull(uuid, "uuid");
        Objects.requireNonNull(presence, "presence");
        held = List.copyOf(held);
        transits = List.copyOf(transits);
    }

    /** A record of which the device knows nothing. */
    public static RecordStanding unknown(UUID uuid) {
        return new RecordStanding(uuid, null, null, Presence.ABSENT, null, List.of(), null, List.of());
    }

    public boolean isPresent() {
        return presence == Presence.PRESENT;
    }

    /** Whether the device knows anything at all of the record. */
    public boolean isKnown() {
        return presence != Presence.ABSENT || !held.isEmpty() || rejected != null;
    }

    /** Whether the record is there. */
    public enum Presence implements Labelled {
        PRESENT,
        DELETED,
        /** It went with a record that it hung on. */
        GONE,
        ABSENT;

        private final String label = name().toLowerCase(Locale.ROOT);

        @Override
        public String label() {
            return label;
        }
    }

    /**
     * One version of a record. Versions of one record are comparable with each other only.
     *
     * @param origin the device that wrote it
     * @param order its rev or seq there; 0 if that is not known any more
     * @param stamp of a shared record; null for one that its device owns
     * @param atMillis when it was written, by the clock of its device
     */
    public record Version(DeviceId origin, long order, @Nullable Hlc stamp, long atMillis)
            implements Comparable<Version> {

        public Version {
            Objects.requireNonNull(origin, "origin");
        }

        @Override
        public int compareTo(Version other) {
            Hlc mine = stamp;
            Hlc others = other.stamp;
            return mine != null && others != null ? mine.compareTo(others) : Long.compare(order, other.order);
        }
    }

    /**
     * A change that was received and is not settled.
     *
     * @param why buffer, gap or dependency
     * @param missing the record it waits for; null unless why is dependency
     * @param needs what that record is to it, such as {@code parent entry}; null unless why is dependency
     */
    public record Held(
            String why,
            Version version,
            DeviceId link,
            @Nullable UUID missing,
            @Nullable String needs,
            long sinceMillis) {}

    /** A change that was received and ended without effect; {@code message} where that is an error. */
    public record Rejection(
            RejectReason reason, @Nullable String message, Version version, DeviceId link, long atMillis) {}

    /** How far own changes are on their way to one device. */
    public enum Stage implements Labelled {
        /** Committed, not yet sent. */
        OUTBOX,
        /** Sent, no receipt yet. */
        SENT,
        /** Waits to be sent again. */
        RETRY,
        /** No longer sent; the device has to pull. */
        GIVEN_UP,
        /** Its receipt came: it is settled or held there. */
        DELIVERED;

        private final String label = name().toLowerCase(Locale.ROOT);

        @Override
        public String label() {
            return label;
        }
    }

    /**
     * Own changes of the record on their way to one device.
     *
     * @param messages how many messages they are in
     * @param attempts how often they were sent again
     * @param problem why they were not taken the last time; null unless they are sent again
     * @param nextTryMillis from now; null unless they wait to be sent again
     */
    public record Transit(
            DeviceId to,
            Stage stage,
            int messages,
            int attempts,
            @Nullable String problem,
            @Nullable Long nextTryMillis) {

        public static Transit at(Stage stage, DeviceId to) {
            return new Transit(to, stage, 1, 0, null, null);
        }
    }
}
