package io.librarysync.insight;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.librarysync.domain.FileStanding;
import io.librarysync.domain.RecordStanding;
import io.librarysync.domain.RecordStanding.Stage;
import io.librarysync.domain.RecordStanding.Version;
import io.librarysync.domain.RecordWhereabouts;
import io.librarysync.domain.RecordWhereabouts.Holder;
import io.librarysync.export.JsonValues;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a record is, or is not, on every device.
 *
 * @param answer in one line
 * @param further what the first line leaves out: how far the record is that a file has; null if there is nothing more
 * @param everywhere whether nothing is left to do, as far as is known
 * @param record null if nobody knows one
 * @param file null unless a file of the device that was asked is meant
 */
public record Why(
        long timestampEpochMillis,
        String of,
        String answer,
        @Nullable String further,
        boolean everywhere,
        @Nullable Subject record,
        @Nullable OnDisk file,
        List<OnDevice> devices) {

    public Why {
        devices = List.copyOf(devices);
    }

    /**
     * The record meant.
     *
     * @param title the path of a file, the name of a tag
     * @param origin the name of the device that wrote the newest version
     * @param newest that version: a rev, or a stamp
     */
    public record Subject(
            @Nullable String uuid,
            @Nullable String model,
            @Nullable String title,
            boolean deleted,
            @Nullable String origin,
            @Nullable String newest,
            @Nullable Long changedEpochMillis) {}

    /** The file beside its entry. */
    public record OnDisk(
            String path, String state, @Nullable String problem, @Nullable Long changedEpochMillis, boolean busy) {}

    /**
     * One device.
     *
     * @param reach what came of asking it
     * @param state of its sync, as it told last
     * @param holds newest, older, deleted, none or unknown
     * @param version which it holds
     * @param change where the last change is that it is to have
     * @param reason the same as a sentence
     */
    public record OnDevice(
            String deviceId,
            String deviceName,
            boolean self,
            String reach,
            @Nullable String state,
            @Nullable Long lastSeenEpochMillis,
            String holds,
            @Nullable String version,
            @Nullable Long changedEpochMillis,
            Place change,
            String reason,
            List<Waiting> held,
            @Nullable Refused rejected,
            @Nullable Sending sending) {}

    /** A change that a device holds. */
    public record Waiting(
            String why,
            String version,
            String from,
            @Nullable String needs,
            @Nullable String missing,
            long sinceEpochMillis) {}

    /** A change that a device refused. */
    public record Refused(
            String reason, @Nullable String message, String version, String from, long timestampEpochMillis) {}

    /** A change on its way. */
    public record Sending(
            String stage, int messages, int attempts, @Nullable String problem, @Nullable Long nextTryMillis) {}

    /** Where the last change of a record is that a device is to have. */
    public enum Place {
        /** The device has it. */
        HERE(true),
        /** The device told that it is past it. */
        SETTLED(true),
        /** The device sent a receipt. */
        DELIVERED(true),
        HELD(false),
        REJECTED(false),
        /** Committed, and not sent yet. */
        COMMITTED(false),
        /** Sent, and not answered yet. */
        BROADCAST(false),
        RETRY(false),
        GIVEN_UP(false),
        OFFLINE(false),
        PAUSED(false),
        REFUSED(false),
        /** The device pulls. */
        PULLING(false),
        /** No device that can be reached has it. */
        ORIGIN_AWAY(false),
        /** The device has not asked for it yet. */
        NOT_ASKED_FOR(false),
        /** The device took it without effect. */
        WITHOUT_EFFECT(false),
        UNKNOWN(false);

        private final boolean arrived;

        Place(boolean arrived) {
            this.arrived = arrived;
        }

        /** Whether nothing more is to be done for the device, as far as is known. */
        public boolean hasArrived() {
            return arrived;
        }

        /** Whether the change is known to be missing. */
        public boolean isMissing() {
            return !arrived && this != UNKNOWN;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Says why.
     *
     * @param file the file that is meant, if one is
     * @param zone for clock times
     * @throws IllegalArgumentException if there is neither a record nor a file
     */
    public static Why of(RecordWhereabouts where, @Nullable FileStanding file, ZoneId zone) {
        Whereabouts found = new Whereabouts(where);
        Words words = new Words(found, zone);
        boolean hasFile = file != null && file.state() != FileStanding.State.NOTHING;
        if (!where.isKnown() && !hasFile) {
            throw new IllegalArgumentException(words.unknown());
        }
        List<OnDevice> devices = where.isKnown()
                ? where.holders().stream()
                        .map(holder -> onDevice(found, words, holder))
                        .toList()
                : List.of();
        String ofRecord = where.isKnown() ? words.answer() : null;
        String ofFile = file == null ? null : words.ofFile(file);
        return new Why(
                where.atMillis(),
                where.of(),
                ofFile != null ? ofFile : String.valueOf(ofRecord),
                ofFile != null ? ofRecord : null,
                ofFile == null && found.isEverywhere(),
                where.isKnown() ? subject(found) : null,
                file == null ? null : onDisk(file),
                devices);
    }

    /** As JSON. */
    public ObjectNode json() {
        return JsonValues.writeRecord(this);
    }

    private static Subject subject(Whereabouts found) {
        RecordWhereabouts where = found.where();
        Optional<Version> newest = where.newest();
        return new Subject(
                where.uuid() == null ? null : where.uuid().toString(),
                where.model().map(String::valueOf).orElse(null),
                where.title().orElse(null),
                where.isDeleted(),
                newest.map(version -> found.name(version.origin())).orElse(null),
                newest.map(Why::text).orElse(null),
                newest.map(Version::atMillis).orElse(null));
    }

    private static OnDisk onDisk(FileStanding file) {
        return new OnDisk(
                file.path(),
                file.state().label(),
                file.fault() == null ? null : file.fault().message(),
                file.changedAtMillis(),
                file.busy());
    }

    private static OnDevice onDevice(Whereabouts found, Words words, Holder holder) {
        RecordStanding standing = holder.standing();
        Version version = standing == null ? null : standing.version();
        return new OnDevice(
                holder.device().toString(),
                holder.name(),
                found.isSelf(holder),
                holder.reach().label(),
                holder.state() == null ? null : holder.state().label(),
                holder.lastSeenMillis() == 0 ? null : holder.lastSeenMillis(),
                found.holds(holder),
                version == null ? null : text(version),
                version == null ? null : version.atMillis(),
                found.place(holder),
                words.reason(holder),
                standing == null
                        ? List.of()
                        : standing.held().stream()
                                .map(held -> waiting(found, held))
                                .toList(),
                standing == null || standing.rejected() == null ? null : refused(found, standing.rejected()),
                found.transit(holder).map(Why::sending).orElse(null));
    }

    private static Waiting waiting(Whereabouts found, RecordStanding.Held held) {
        return new Waiting(
                held.why(),
                text(held.version()),
                found.name(held.link()),
                held.needs(),
                held.missing() == null ? null : held.missing().toString(),
                held.sinceMillis());
    }

    private static Refused refused(Whereabouts found, RecordStanding.Rejection rejected) {
        return new Refused(
                rejected.reason().label(),
                rejected.message(),
                text(rejected.version()),
                found.name(rejected.link()),
                rejected.atMillis());
    }

    private static @Nullable Sending sending(RecordStanding.Transit transit) {
        return transit.stage() == Stage.DELIVERED && transit.attempts() == 0
                ? null
                : new Sending(
                        transit.stage().label(),
                        transit.messages(),
                        transit.attempts(),
                        transit.problem(),
                        transit.nextTryMillis());
    }

    private static String text(Version version) {
        return version.stamp() == null
                ? String.valueOf(version.order())
                : version.stamp().toString();
    }
}
