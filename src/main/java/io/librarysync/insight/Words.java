package io.librarysync.insight;

import io.librarysync.domain.Fault;
import io.librarysync.domain.FileStanding;
import io.librarysync.domain.Reach;
import io.librarysync.domain.RecordStanding;
import io.librarysync.domain.RecordStanding.Held;
import io.librarysync.domain.RecordStanding.Rejection;
import io.librarysync.domain.RecordStanding.Transit;
import io.librarysync.domain.RecordWhereabouts;
import io.librarysync.domain.RecordWhereabouts.Holder;
import io.librarysync.domain.SyncState;
import io.librarysync.export.Formats;
import io.librarysync.insight.Why.Place;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sentences that say why a record is, or is not, on every device. */
final class Words {
    private static final Set<Place> FOR_GOOD = EnumSet.of(Place.REJECTED, Place.REFUSED, Place.WITHOUT_EFFECT);
    private static final int LONGEST_LIST = 3;

    private final Whereabouts found;
    private final RecordWhereabouts where;
    private final ZoneId zone;

    Words(Whereabouts found, ZoneId zone) {
        this.found = found;
        this.where = found.where();
        this.zone = zone;
    }

    /** What is said if nobody knows what was asked for. */
    String unknown() {
        List<String> silent = where.holders().stream()
                .filter(holder -> !found.isSelf(holder) && holder.reach() != Reach.ANSWERED)
                .map(Holder::name)
                .toList();
        return "of: no record of this library is " + where.of()
                + (silent.isEmpty() ? "" : ", and " + listed(silent) + " could not be asked");
    }

    /** How far the record is, in one line. */
    String answer() {
        List<Holder> missing = where.holders().stream()
                .filter(holder -> found.place(holder).isMissing())
                .toList();
        if (!missing.isEmpty()) {
            return notOn(missing);
        }
        List<Holder> unknown = where.holders().stream()
                .filter(holder -> found.place(holder) == Place.UNKNOWN)
                .toList();
        return unknown.isEmpty()
                ? everywhere()
                : "%s %d of %d devices; %s"
                        .formatted(
                                where.isDeleted() ? "deleted on" : "on",
                                where.holders().size() - unknown.size(),
                                where.holders().size(),
                                reason(unknown.get(0)));
    }

    /** Where the last change is that a device is to have, as a sentence without its end. */
    String reason(Holder holder) {
        RecordStanding standing = holder.standing();
        return switch (found.place(holder)) {
            case HERE -> where.isDeleted() ? "deleted" : "has it";
            case SETTLED -> name(holder) + " told that it has taken it" + unasked(holder);
            case DELIVERED -> name(holder) + " sent a receipt for it" + unasked(holder);
            case HELD -> standing == null ? "" : held(holder, standing.held().get(0));
            case REJECTED ->
                standing == null || standing.rejected() == null ? "" : rejected(holder, standing.rejected());
            case COMMITTED -> "it waits in the outbox of " + origin();
            case BROADCAST -> "it was sent to " + name(holder) + " and has no receipt yet";
            case RETRY -> awayFirst(holder) + retry(holder);
            case GIVEN_UP ->
                awayFirst(holder) + origin() + " gave it up; " + name(holder) + " pulls it"
                        + (holder.reach() == Reach.OFFLINE ? " when it is back" : "");
            case OFFLINE -> offline(holder) + "; it pulls the change when it is back";
            case PAUSED ->
                holder.reach() == Reach.NOT_ASKED
                        ? "sync is paused on this device; nothing leaves until sd sync resume"
                        : "sync is paused on " + name(holder) + "; it pulls the change once it is resumed";
            case REFUSED ->
                "nothing is exchanged with " + name(holder)
                        + ", because a library comes from an older copy; see sd sync metrics --errors";
            case PULLING ->
                name(holder) + " is "
                        + (holder.state() == SyncState.BACKFILLING ? "backfilling" : "catching up")
                        + " and gets it by its pull";
            case ORIGIN_AWAY ->
                "no device that has it can be reached; "
                        + found.origin()
                                .filter(each -> each.reach() != Reach.ANSWERED)
                                .map(this::away)
                                .orElse("nobody has it any more");
            case NOT_ASKED_FOR ->
                awayFirst(holder) + name(holder) + " has not asked for it yet; its next pull brings it";
            case WITHOUT_EFFECT -> name(holder) + " took it without effect, and does not remember why";
            case UNKNOWN -> away(holder) + ", and is not known to have " + (where.isDeleted() ? "deleted it" : "it");
        };
    }

    /** What stands between a file and its entry; null if nothing does. */
    @Nullable
    String ofFile(FileStanding file) {
        Fault fault = file.fault();
        String problem = fault == null ? "" : fault.message();
        return switch (file.state()) {
            case AS_INDEXED -> fault == null ? null : "in the library, but " + problem;
            case NO_LOCATION ->
                "not in the library: no location of this device holds " + file.path() + "; see sd location list";
            case LEFT_OUT -> "not in the library: " + file.path() + " is in the folder of a device, which is left out";
            case OFFLINE -> "not looked at: " + problem;
            case UNREADABLE -> "not in the library as it is: " + problem;
            case NOT_INDEXED ->
                "not in the library yet: "
                        + (fault == null ? file.path() + " is there and not indexed; " + nextLook(file) : problem);
            case CHANGED ->
                "newer on disk than in the library: " + file.path() + changed(file) + "; "
                        + (fault == null ? nextLook(file) : problem);
            case VANISHED ->
                "gone from the disk, but not from the library yet: "
                        + (fault == null ? file.path() + " is not there; " + nextLook(file) : problem);
            case NOTHING -> null;
        };
    }

    private String notOn(List<Holder> missing) {
        Holder first = missing.get(0);
        Place place = found.place(first);
        String names = listed(missing.stream().map(this::name).toList());
        String reason = reason(first);
        if (where.isDeleted()) {
            return "deleted, but not on " + names + (FOR_GOOD.contains(place) ? ": " : " yet: ") + reason;
        }
        if (found.holds(first).equals("older")) {
            return "only an older version on " + names + ": " + reason;
        }
        return "not on " + names + (FOR_GOOD.contains(place) ? ": " : " yet: ") + reason;
    }

    private String everywhere() {
        int devices = where.holders().size();
        String on = where.isDeleted() ? "deleted on " : "on ";
        return devices == 1
                ? on + "this device; the library has no other"
                : on + (devices == 2 ? "both devices" : "all " + devices + " devices");
    }

    private String held(Holder holder, Held held) {
        String since = name(holder) + " holds it since " + clock(held.sinceMillis());
        return since
                + switch (held.why()) {
                    case "dependency" ->
                        ": it needs its " + held.needs() + " " + held.missing() + ", which is not there yet";
                    case "gap" -> ": what came before it is missing and has to be pulled";
                    default -> " until its pull is done";
                };
    }

    private String rejected(Holder holder, Rejection rejected) {
        String message = rejected.message();
        return name(holder) + " rejected it at " + clock(rejected.atMillis()) + ": "
                + (message == null ? reason(rejected) : rejected.reason().label() + ", " + message);
    }

    private static String reason(Rejection rejected) {
        return switch (rejected.reason()) {
            case STALE -> "stale, a newer version was there";
            case TOMBSTONED -> "tombstoned, it or a record that it needs is deleted there";
            case NOT_OWNER -> "not_owner, it came from a device that does not own it";
            case OVERFLOW -> "overflow, there was no room to hold it; a pull brings it again";
            default -> rejected.reason().label();
        };
    }

    private String retry(Holder holder) {
        Transit transit = found.transit(holder).orElseThrow();
        String waiting = transit.messages() == 1 ? "1 change waits" : transit.messages() + " changes wait";
        Long next = transit.nextTryMillis();
        return waiting + " in the retry queue"
                + (found.origin().filter(found::isSelf).isPresent() ? "" : " of " + origin())
                + (next == null ? "" : ", next try in " + Formats.duration(roundedUp(next)))
                + (holder.reach() == Reach.OFFLINE ? "" : "; the last one failed: " + transit.problem());
    }

    private String offline(Holder holder) {
        return holder.lastSeenMillis() == 0
                ? name(holder) + " was never online here"
                : name(holder) + " has been offline since " + clock(holder.lastSeenMillis());
    }

    private String awayFirst(Holder holder) {
        return holder.reach() == Reach.ANSWERED ? "" : away(holder) + "; ";
    }

    /** Why a device could not be asked. */
    private String away(Holder holder) {
        return switch (holder.reach()) {
            case OFFLINE -> offline(holder);
            case PAUSED -> "sync is paused on " + name(holder);
            case REFUSED -> "nothing is exchanged with " + name(holder);
            case SILENT -> name(holder) + " did not answer in time";
            case CANNOT_SAY, FAILED -> name(holder) + " cannot say";
            case NOT_ASKED -> name(holder) + " was not asked, because sync is paused on this device";
            case ANSWERED -> name(holder) + " does not have it";
        };
    }

    private String unasked(Holder holder) {
        return holder.reach() == Reach.ANSWERED ? "" : "; now " + away(holder);
    }

    private static String nextLook(FileStanding file) {
        return file.busy()
                ? "directories are being looked at now"
                : "the next full look comes within " + Formats.duration(file.nextLookMillis());
    }

    private String changed(FileStanding file) {
        Long at = file.changedAtMillis();
        return at == null ? " is of another kind" : " changed at " + clock(at);
    }

    private String origin() {
        return found.origin().map(this::name).orElse("a device that left");
    }

    private String name(Holder holder) {
        return found.isSelf(holder) ? "this device" : holder.name();
    }

    private String clock(long millis) {
        return Formats.clock(Instant.ofEpochMilli(millis), Instant.ofEpochMilli(where.atMillis()), zone);
    }

    private static long roundedUp(long millis) {
        return (millis + 999) / 1_000 * 1_000;
    }

    /** {@code a}, {@code a and b}, {@code a, b and 3 others}. */
    private static String listed(List<String> names) {
        if (names.size() == 1) {
            return names.get(0);
        }
        int shown = names.size() > LONGEST_LIST ? LONGEST_LIST - 1 : names.size() - 1;
        int others = names.size() - shown;
        String last = others == 1 ? names.get(shown) : others + " others";
        return names.stream().limit(shown).collect(Collectors.joining(", ")) + " and " + last;
    }
}
