package io.librarysync.domain;

import io.librarysync.domain.RecordStanding.Presence;
import io.librarysync.domain.RecordStanding.Transit;
import io.librarysync.domain.RecordStanding.Version;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a record stands on every device of the library, as one of them found out.
 *
 * @param of what was asked for
 * @param uuid null if nobody who was asked knows such a record
 * @param holders the device that asked first, then the others by name
 */
public record RecordWhereabouts(String of, @Nullable UUID uuid, long atMillis, List<Holder> holders) {

    public RecordWhereabouts {
        holders = List.copyOf(holders);
    }

    /**
     * One device.
     *
     * @param state what it told last; null if it is offline
     * @param lastSeenMillis 0 if it never was
     * @param settled whether it told us that it is past the newest version, whatever came of it; null if that is not known
     * @param standing what it told of the record; null if it told nothing
     */
    public record Holder(
            DeviceId device,
            String name,
            Reach reach,
            @Nullable SyncState state,
            long lastSeenMillis,
            @Nullable Boolean settled,
            @Nullable RecordStanding standing) {

        public Holder withSettled(@Nullable Boolean is) {
            return new Holder(device, name, reach, state, lastSeenMillis, is, standing);
        }
    }

    /** The device that asked. */
    public Holder self() {
        return holders.get(0);
    }

    /** Whether any device knows the record. */
    public boolean isKnown() {
        return standings().anyMatch(RecordStanding::isKnown);
    }

    /** The newest version that anybody holds or waits with; empty if nobody does. */
    public Optional<Version> newest() {
        return versions().max(Comparator.naturalOrder());
    }

    /** The rev or seq of a version, if anybody still knows it. */
    public OptionalLong orderOf(Version version) {
        return versions()
                .filter(other -> other.compareTo(version) == 0 && other.order() > 0)
                .mapToLong(Version::order)
                .findFirst();
    }

    public Optional<ModelType> model() {
        return standings()
                .flatMap(standing -> Stream.ofNullable(standing.model()))
                .findFirst();
    }

    public Optional<String> title() {
        return standings()
                .flatMap(standing -> Stream.ofNullable(standing.title()))
                .findFirst();
    }

    /**
     * Whether the record was deleted: somebody says so, or its owner has it no more, which is how a record goes that hung on
     * a deleted one.
     */
    public boolean isDeleted() {
        boolean owned = model().filter(model -> !model.isShared()).isPresent();
        return standings()
                        .anyMatch(standing ->
                                standing.presence() == Presence.DELETED || standing.presence() == Presence.GONE)
                || (owned
                        && newest().filter(version -> isGoneFrom(version.origin()))
                                .isPresent());
    }

    /** Whether it went with another record: then no version of its own says so. */
    public boolean isGoneWithAnother() {
        return isDeleted() && standings().noneMatch(standing -> standing.presence() == Presence.DELETED);
    }

    /** Whether it is an entry of the device that asked, there or deleted. */
    public boolean isOwnEntry() {
        RecordStanding own = self().standing();
        ModelType model = own == null ? null : own.model();
        Version version = own == null ? null : own.version();
        return model != null
                && model.name().equals("entry")
                && version != null
                && version.origin().equals(self().device());
    }

    /** Where own changes of the record are that a device has for another, as it told. */
    public Optional<Transit> transit(DeviceId from, DeviceId to) {
        return standingOf(from).stream()
                .flatMap(standing -> standing.transits().stream())
                .filter(transit -> transit.to().equals(to))
                .findFirst();
    }

    public Optional<Holder> find(DeviceId device) {
        return holders.stream().filter(holder -> holder.device().equals(device)).findFirst();
    }

    private boolean isGoneFrom(DeviceId owner) {
        return standingOf(owner)
                .filter(standing -> !standing.isPresent() && standing.held().isEmpty())
                .isPresent();
    }

    private Optional<RecordStanding> standingOf(DeviceId device) {
        return find(device).map(Holder::standing).filter(Objects::nonNull);
    }

    private Stream<Version> versions() {
        return standings()
                .flatMap(standing -> Stream.concat(
                        Stream.ofNullable(standing.version()),
                        standing.held().stream().map(RecordStanding.Held::version)));
    }

    private Stream<RecordStanding> standings() {
        return holders.stream().flatMap(holder -> Stream.ofNullable(holder.standing()));
    }
}
