package io.librarysync.engine;

import io.librarysync.domain.ModelType;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The local ids that the records of one transaction refer to, asked for once per model and kept while it runs. */
final class KeyCache {

    private final LibraryReader library;
    private final Map<ModelType, Map<UUID, Long>> ids = new HashMap<>();

    KeyCache(LibraryReader library) {
        this.library = library;
    }

    /** Asks for everything that well-formed ones of {@code changes} refer to: one query per model. */
    void prefetch(Collection<? extends Incoming> changes) {
        Map<ModelType, Set<UUID>> wanted = new HashMap<>();
        for (Incoming change : changes) {
            RecordData data = change.data();
            LibraryModels.find(change.model().name())
                    .filter(model -> data != null && model.problemOf(data).isEmpty())
                    .ifPresent(model -> collect(model, data == null ? RecordData.EMPTY : data, wanted));
        }
        wanted.forEach((model, uuids) ->
                ids.computeIfAbsent(model, m -> new HashMap<>()).putAll(library.idsOf(model, uuids)));
    }

    @Nullable
    Long idOf(ModelType model, UUID uuid) {
        Map<UUID, Long> known = ids.computeIfAbsent(model, m -> new HashMap<>());
        Long id = known.get(uuid);
        if (id == null) {
            id = library.idsOf(model, List.of(uuid)).get(uuid);
            if (id != null) {
                known.put(uuid, id);
            }
        }
        return id;
    }

    void stored(ModelType model, UUID uuid, long id) {
        ids.computeIfAbsent(model, m -> new HashMap<>()).put(uuid, id);
    }

    /** A deletion may have taken any of them. */
    void forget() {
        ids.clear();
    }

    private static void collect(LibraryModel model, RecordData data, Map<ModelType, Set<UUID>> wanted) {
        for (LibraryModel.ForeignKey key : model.foreignKeys()) {
            data.reference(key).ifPresent(uuid -> wanted.computeIfAbsent(key.target(), m -> new HashSet<>())
                    .add(uuid));
        }
    }
}
