package io.librarysync.store;

import io.librarysync.instrument.SeriesCatalogue;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The catalogues in memory by the ids under which they are kept. The one that a run writes with is the very object that its
 * samples have; it only grows, so that what is kept of it can always be read with it. Safe from any thread.
 */
final class Catalogues {
    private final Map<Long, SeriesCatalogue> known = new ConcurrentHashMap<>();

    /** Under which id a catalogue was kept. */
    Optional<Long> idOf(SeriesCatalogue catalogue) {
        return known.entrySet().stream()
                .filter(entry -> entry.getValue() == catalogue)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    boolean isKnown(long id, SeriesCatalogue catalogue) {
        return known.get(id) == catalogue;
    }

    /** Remembers catalogues once they are kept. */
    void remember(Map<Long, SeriesCatalogue> kept) {
        known.putAll(kept);
    }

    /** The catalogue with this id as it is kept; empty if none is. */
    Optional<SeriesCatalogue> find(Database database, long id) {
        return database.first("SELECT series FROM metrics_catalogues WHERE id = ?", row -> row.number(1), id)
                .map(series -> find(database, id, series));
    }

    private SeriesCatalogue find(Database database, long id, long series) {
        SeriesCatalogue inMemory = known.get(id);
        if (inMemory != null && inMemory.count() >= series) {
            return inMemory;
        }
        SeriesCatalogue restored = SeriesCatalogue.restored(CatalogueRows.entries(database, id));
        known.put(id, restored);
        return restored;
    }
}
