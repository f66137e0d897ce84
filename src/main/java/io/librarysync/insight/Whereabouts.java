package io.librarysync.insight;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Reach;
import io.librarysync.domain.RecordStanding;
import io.librarysync.domain.RecordStanding.Presence;
import io.librarysync.domain.RecordStanding.Transit;
import io.librarysync.domain.RecordStanding.Version;
import io.librarysync.domain.RecordWhereabouts;
import io.librarysync.domain.RecordWhereabouts.Holder;
import io.librarysync.domain.SyncState;
import io.librarysync.insight.Why.Place;
import java.util.Optional;

/** Conclusions from where a record stands on each device. */
record Whereabouts(RecordWhereabouts where) {

    boolean isSelf(Holder holder) {
        return holder.device().equals(where.self().device());
    }

    String name(DeviceId device) {
        return where.find(device).map(Holder::name).orElseGet(device::toString);
    }

    boolean isEverywhere() {
        return where.holders().stream().allMatch(holder -> place(holder).hasArrived());
    }

    /** The device that wrote the newest version; empty if it is no member any more. */
    Optional<Holder> origin() {
        return where.newest().flatMap(version -> where.find(version.origin()));
    }

    /** Where changes are on their way to a device, as the device that wrote the newest version told. */
    Optional<Transit> transit(Holder holder) {
        return where.newest().flatMap(version -> where.transit(version.origin(), holder.device()));
    }

    /** Which version a device holds, in a word. */
    String holds(Holder holder) {
        RecordStanding standing = holder.standing();
        if (standing == null) {
            return "unknown";
        }
        return switch (standing.presence()) {
            case PRESENT -> isNewest(standing) ? "newest" : "older";
            case DELETED, GONE -> "deleted";
            case ABSENT -> "none";
        };
    }

    /** Where the last change is that a device is to have. */
    Place place(Holder holder) {
        RecordStanding standing = holder.standing();
        return standing == null ? placeFor(holder) : placeOn(holder, standing);
    }

    private boolean isNewest(RecordStanding standing) {
        Version version = standing.version();
        return version != null
                && where.newest()
                        .filter(newest -> version.compareTo(newest) >= 0)
                        .isPresent();
    }

    private boolean hasArrived(RecordStanding standing) {
        return where.isDeleted()
                ? standing.presence() != Presence.PRESENT && standing.held().isEmpty()
                : standing.isPresent() && isNewest(standing) && standing.held().isEmpty();
    }

    /** Of a device that told nothing. */
    private Place placeFor(Holder holder) {
        Boolean settled = holder.settled();
        if (settled != null && settled) {
            return Place.SETTLED;
        }
        if (holder.reach() == Reach.REFUSED) {
            return Place.REFUSED;
        }
        Optional<Place> sent = transit(holder).map(Whereabouts::placeOf);
        if (sent.isPresent() || settled == null) {
            return sent.orElse(Place.UNKNOWN);
        }
        return switch (holder.reach()) {
            case OFFLINE -> Place.OFFLINE;
            case PAUSED, NOT_ASKED -> Place.PAUSED;
            case REFUSED -> Place.REFUSED;
            case ANSWERED, SILENT, CANNOT_SAY, FAILED -> Place.NOT_ASKED_FOR;
        };
    }

    /** On a device that told what it knows. */
    private Place placeOn(Holder holder, RecordStanding standing) {
        if (hasArrived(standing)) {
            return Place.HERE;
        }
        if (!standing.held().isEmpty()) {
            return Place.HELD;
        }
        if (standing.rejected() != null) {
            return Place.REJECTED;
        }
        Optional<Place> sent = transit(holder).map(Whereabouts::placeOf).filter(place -> place != Place.DELIVERED);
        return sent.orElseGet(() -> placeByState(holder));
    }

    private Place placeByState(Holder holder) {
        SyncState state = holder.state();
        if (state == SyncState.PAUSED) {
            return Place.PAUSED;
        }
        if (state == SyncState.BACKFILLING || state == SyncState.CATCHING_UP) {
            return Place.PULLING;
        }
        if (holder.settled() != null && holder.settled()) {
            return Place.WITHOUT_EFFECT;
        }
        return canBeReached(holder) ? Place.NOT_ASKED_FOR : Place.ORIGIN_AWAY;
    }

    /** Whether any other device has the newest version and answers. */
    private boolean canBeReached(Holder holder) {
        return where.holders().stream()
                .filter(other -> !other.device().equals(holder.device()) && other.reach() == Reach.ANSWERED)
                .anyMatch(other -> other.standing() != null && hasArrived(other.standing()));
    }

    private static Place placeOf(Transit transit) {
        return switch (transit.stage()) {
            case OUTBOX -> Place.COMMITTED;
            case SENT -> Place.BROADCAST;
            case RETRY -> Place.RETRY;
            case GIVEN_UP -> Place.GIVEN_UP;
            case DELIVERED -> Place.DELIVERED;
        };
    }
}
