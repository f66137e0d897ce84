package io.librarysync.store;

import io.librarysync.instrument.SeriesCatalogue;
import io.librarysync.instrument.SeriesKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes down the catalogues of one source, inside one transaction. */
final class CatalogueRows {
    private final Database database;
    private final Catalogues catalogues;
    private final long source;

    CatalogueRows(Database database, Catalogues catalogues, long source) {
        this.database = database;
        this.catalogues = catalogues;
        this.source = source;
    }

    /** Keeps what is new in the catalogue of an epoch and returns the id it is kept under. */
    long keep(long epoch, SeriesCatalogue catalogue) {
        long id = ofEpoch(epoch).map(kept -> requireSame(kept, catalogue)).orElseGet(() -> give(epoch, catalogue));
        append(id, catalogue);
        return id;
    }

    private Optional<Long> ofEpoch(long epoch) {
        return database.first(
                "SELECT catalogue FROM metrics_epochs WHERE id = ? AND catalogue IS NOT NULL",
                row -> row.number(1),
                epoch);
    }

    private long requireSame(long id, SeriesCatalogue catalogue) {
        if (!catalogues.isKnown(id, catalogue)) {
            List<SeriesCatalogue.Entry> kept = entries(database, id);
            if (catalogue.count() < kept.size()
                    || !catalogue.after(0).subList(0, kept.size()).equals(kept)) {
                throw new IllegalArgumentException("all samples of an epoch have one catalogue");
            }
        }
        return id;
    }

    private long give(long epoch, SeriesCatalogue catalogue) {
        long id = catalogues.idOf(catalogue).filter(this::isKept).orElseGet(this::create);
        database.update("UPDATE metrics_epochs SET catalogue = ? WHERE id = ?", id, epoch);
        return id;
    }

    private boolean isKept(long id) {
        return database.number("SELECT count(*) FROM metrics_catalogues WHERE id = ?", id) > 0;
    }

    private long create() {
        return database.number("INSERT INTO metrics_catalogues (source, series) VALUES (?, 0) RETURNING id", source);
    }

    private void append(long id, SeriesCatalogue catalogue) {
        long kept = database.number("SELECT series FROM metrics_catalogues WHERE id = ?", id);
        List<SeriesCatalogue.Entry> fresh = catalogue.after((int) kept);
        if (!fresh.isEmpty()) {
            database.updateAll(
                    "INSERT INTO metrics_series (catalogue, place, key) VALUES (?, ?, ?)",
                    fresh.stream().map(entry -> row(id, entry)).toList());
            database.update("UPDATE metrics_catalogues SET series = ? WHERE id = ?", kept + fresh.size(), id);
        }
    }

    private static @Nullable Object[] row(long id, SeriesCatalogue.Entry entry) {
        return new Object[] {id, entry.place(), entry.key().text()};
    }

    static List<SeriesCatalogue.Entry> entries(Database database, long id) {
        return database.list(
                "SELECT place, key FROM metrics_series WHERE catalogue = ? ORDER BY place",
                row -> new SeriesCatalogue.Entry((int) row.number(1), SeriesKey.parse(row.text(2))),
                id);
    }
}
