package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.RecordStanding;
import io.librarysync.domain.RecordStanding.Presence;
import io.librarysync.domain.RecordStanding.Version;
import io.librarysync.domain.UuidText;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the record that somebody means, and reads what the library holds of it. */
final class RecordFinder {

    /** The longest way to name a record. */
    static final int LONGEST = 4_096;

    private static final String TAG = "tag:";

    private final LibraryReader library;

    RecordFinder(LibraryReader library) {
        this.library = library;
    }

    /** Refuses what names no record by its form. */
    static void check(String of) {
        boolean named = UuidText.parse(of).isPresent() || of.startsWith("/") || isTag(of);
        if (of.length() > LONGEST || !named) {
            throw new IllegalArgumentException("of: a uuid, an absolute path or tag:NAME, found \""
                    + of.substring(0, Math.min(of.length(), 100)) + "\"");
        }
    }

    /** Whether it names a place in the tree of files. */
    static boolean isPath(String of) {
        return of.startsWith("/");
    }

    private static boolean isTag(String of) {
        return of.startsWith(TAG) && of.length() > TAG.length();
    }

    /**
     * The uuid of the record that is meant; empty if there is none here. Several are an {@link IllegalArgumentException}.
     *
     * @param owner whose file a path means; null for anybody's, this device's first
     */
    Optional<UUID> find(String of, @Nullable DeviceId owner) {
        Optional<UUID> uuid = UuidText.parse(of);
        if (uuid.isPresent()) {
            return uuid;
        }
        return isTag(of)
                ? tagNamed(of.substring(TAG.length()))
                : EntryPaths.entryAt(
                        library, of, member -> owner == null || member.id().equals(owner));
    }

    /** The device in a location of which a path is, as far as this library knows; its own before another's. */
    Optional<DeviceId> ownerOf(String path) {
        return library.devices().stream()
                .filter(Stored.Device::self)
                .map(Stored.Device::id)
                .filter(self -> library.owned(LibraryModels.LOCATION, self).stream()
                        .anyMatch(location ->
                                EntryPaths.isIn(String.valueOf(location.data().text("path")), path)))
                .findFirst();
    }

    /** What the library holds of a record; what is only in memory is left out. */
    RecordStanding standing(UUID uuid) {
        return LibraryModels.types().stream()
                .flatMap(model -> (model.isShared() ? shared(model, uuid) : owned(model, uuid)).stream())
                .findFirst()
                .orElseGet(() -> RecordStanding.unknown(uuid));
    }

    private Optional<UUID> tagNamed(String name) {
        List<UUID> tags = library.withText(LibraryModels.TAG, "name", name);
        if (tags.size() > 1) {
            throw new IllegalArgumentException("of: %d tags are called %s; name one by its uuid: %s"
                    .formatted(
                            tags.size(),
                            name,
                            String.join(
                                    ", ",
                                    tags.stream().map(UUID::toString).sorted().toList())));
        }
        return tags.stream().findFirst();
    }

    private Optional<RecordStanding> owned(ModelType model, UUID uuid) {
        Optional<RecordStanding> row = library.ownedRow(model, uuid)
                .map(found -> standing(
                        model,
                        uuid,
                        Presence.PRESENT,
                        new Version(found.owner(), found.rev(), null, found.changedAt())));
        return row.or(() -> library.tombstone(model, uuid)
                .map(deletion -> standing(
                        model,
                        uuid,
                        Presence.DELETED,
                        new Version(deletion.owner(), deletion.rev(), null, deletion.deletedAt()))));
    }

    private Optional<RecordStanding> shared(ModelType model, UUID uuid) {
        return library.version(model, uuid).map(found -> {
            boolean present = library.record(model, uuid).isPresent();
            Presence gone = found.deleted() ? Presence.DELETED : Presence.GONE;
            return standing(
                    model,
                    uuid,
                    present ? Presence.PRESENT : gone,
                    new Version(
                            found.hlc().device(),
                            library.loggedSeq(found.hlc()).orElse(0),
                            found.hlc(),
                            found.hlc().millis()));
        });
    }

    private RecordStanding standing(ModelType model, UUID uuid, Presence presence, Version version) {
        String title = presence == Presence.PRESENT ? title(model, uuid) : null;
        return new RecordStanding(uuid, model, title, presence, version, List.of(), null, List.of());
    }

    private @Nullable String title(ModelType model, UUID uuid) {
        if (model.equals(LibraryModels.ENTRY)) {
            return library.place(uuid).map(Stored.Found::path).orElse(null);
        }
        Optional<RecordData> record = library.record(model, uuid);
        return record.map(data -> model.equals(LibraryModels.ENTRY_TAG) ? tagging(data) : text(model, data))
                .orElse(null);
    }

    private static @Nullable String text(ModelType model, RecordData data) {
        return data.text(
                switch (model.name()) {
                    case "location" -> "path";
                    case "volume" -> "mount_point";
                    case "content_identity" -> "hash";
                    default -> "name";
                });
    }

    private String tagging(RecordData data) {
        List<String> ends = LibraryModels.of(LibraryModels.ENTRY_TAG).foreignKeys().stream()
                .flatMap(key -> data.reference(key).stream().map(end -> String.valueOf(title(key.target(), end))))
                .toList();
        return ends.get(1) + " on " + ends.get(0);
    }
}
