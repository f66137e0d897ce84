package io.librarysync.store;

import io.librarysync.history.Epoch;
import io.librarysync.history.Mark;
import io.librarysync.history.Sample;
import io.librarysync.history.StoredSnapshot;
import io.librarysync.instrument.SeriesCatalogue;
import io.librarysync.metrics.EpochInfo;
import io.librarysync.metrics.ErrorEvent;
import io.librarysync.metrics.StateTransition;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be asked of the history of one source, inside the transaction that a connection has open. */
final class MetricsReads {
    private static final String EPOCHS =
            "SELECT id, uuid, started_at, opened_by, run, ended_at, ended_by FROM metrics_epochs"
                    + " WHERE source = ? ";

    /** What is kept of a sample without its epoch, in the order in which {@link #sample} reads it. */
    private static final String COLUMNS = "number, taken_at, stretch, tier, base, transitions, errors, data";

    private static final String CHAIN = "WITH RECURSIVE chain(" + COLUMNS + ") AS (SELECT " + COLUMNS
            + " FROM metrics_samples WHERE epoch = ? AND number = ? UNION ALL SELECT s."
            + COLUMNS.replace(", ", ", s.")
            + " FROM chain c JOIN metrics_samples s ON s.epoch = ? AND s.number = c.base)"
            + " SELECT " + COLUMNS + " FROM chain ORDER BY number";

    /**
     * Binds a time, an epoch, a number, the source, the epoch and the time. From stretch to stretch, the newest first: its
     * last sample at or before the time; where the stretch is the first one, the begin of the epoch otherwise.
     */
    private static final String NEWEST = "SELECT epoch, number FROM (SELECT e.id AS epoch, t.stretch AS stretch,"
            + " (SELECT s.number FROM metrics_samples s WHERE s.epoch = t.epoch AND s.stretch = t.stretch"
            + " AND s.taken_at <= ? AND (t.epoch < ? OR s.number < ?) ORDER BY s.taken_at DESC, s.number DESC LIMIT 1)"
            + " AS number FROM metrics_epochs e JOIN metrics_stretches t ON t.epoch = e.id"
            + " WHERE e.source = ? AND e.id <= ? AND t.started_at <= ?) found"
            + " WHERE number IS NOT NULL OR stretch = 0 ORDER BY epoch DESC, stretch DESC LIMIT 1";

    /** Binds the source and, twice, an epoch with a number: those after the first up to the second. */
    private static final String BETWEEN = " v JOIN metrics_epochs e ON e.id = v.epoch WHERE e.source = ?"
            + " AND (e.id > ? OR (e.id = ? AND v.number > ?)) AND (e.id < ? OR (e.id = ? AND v.number <= ?))"
            + " ORDER BY e.id DESC, v.number DESC LIMIT ?";

    private static final String OWN_SNAPSHOTS =
            " FROM metrics_snapshot_origins o JOIN sync_metrics_snapshots s ON s.id = o.id WHERE o.source = ? ";

    private final Database database;
    private final Catalogues catalogues;
    private final long source;

    MetricsReads(Database database, Catalogues catalogues, long source) {
        this.database = database;
        this.catalogues = catalogues;
        this.source = source;
    }

    /** An epoch with the id that orders it. */
    private record Numbered(long id, Epoch epoch) {}

    /** The catalogue to go on with. */
    SeriesCatalogue newestCatalogue() {
        return database.first(
                        "SELECT id FROM metrics_catalogues WHERE source = ? ORDER BY id DESC LIMIT 1",
                        row -> row.number(1),
                        source)
                .flatMap(id -> catalogues.find(database, id))
                .orElseGet(SeriesCatalogue::new);
    }

    List<Epoch> epochs() {
        return database.list(EPOCHS + "ORDER BY id", MetricsReads::epoch, source);
    }

    /** All epochs; those that a crash left open end as they would if it was dealt with. */
    List<Epoch> epochsThatAreOver() {
        return database.list(EPOCHS + "ORDER BY id", row -> new Numbered(row.number(1), epoch(row)), source).stream()
                .map(each -> each.epoch().isOpen() ? crashed(each) : each.epoch())
                .toList();
    }

    private Epoch crashed(Numbered open) {
        Instant end = database.first(
                        "SELECT taken_at FROM metrics_samples WHERE epoch = ? ORDER BY number DESC LIMIT 1",
                        row -> millis(row, 1),
                        open.id())
                .orElse(open.epoch().startedAt());
        return open.epoch().ended(end, Epoch.Ending.CRASH);
    }

    Optional<Mark> newest(Instant atOrBefore, Sample.@Nullable Key before) {
        long time = atOrBefore.toEpochMilli();
        long epoch = before == null ? Long.MAX_VALUE : idOf(before.epoch()).orElse(Long.MAX_VALUE);
        long number = before == null ? Long.MAX_VALUE : before.number();
        return database.first(
                        NEWEST,
                        row -> new Found(row.number(1), row.numberOrNull(2)),
                        time,
                        epoch,
                        number,
                        source,
                        epoch,
                        time)
                .map(this::mark);
    }

    /** Where a search ended. */
    private record Found(long epoch, @Nullable Long number) {}

    private Mark mark(Found found) {
        Epoch epoch = database.first(EPOCHS + "AND id = ?", MetricsReads::epoch, source, found.epoch())
                .orElseThrow();
        return new Mark(epoch, found.number() == null ? null : sample(found.epoch(), epoch.id(), found.number()));
    }

    Optional<Sample> last(String epoch) {
        return idOf(epoch).flatMap(id -> database.first(
                        "SELECT number FROM metrics_samples WHERE epoch = ? ORDER BY number DESC LIMIT 1",
                        row -> row.number(1),
                        id)
                .map(number -> sample(id, epoch, number)));
    }

    private Sample sample(long id, String epoch, long number) {
        SeriesCatalogue catalogue = database.first(
                        "SELECT catalogue FROM metrics_epochs WHERE id = ?", row -> row.number(1), id)
                .flatMap(kept -> catalogues.find(database, kept))
                .orElseThrow();
        List<Sample> chain = new ArrayList<>();
        database.each(CHAIN, row -> chain.add(sample(row, epoch, catalogue, chain)), id, number, id);
        return chain.get(chain.size() - 1);
    }

    private static Sample sample(Row row, String epoch, SeriesCatalogue catalogue, List<Sample> chain)
            throws SQLException {
        Sample.Key key =
                new Sample.Key(epoch, row.number(1), millis(row, 2), (int) row.number(3), row.number(6), row.number(7));
        Sample base = row.numberOrNull(5) == null ? null : chain.get(chain.size() - 1);
        return new Sample(key, TierCode.tier(row.number(4)), base, catalogue, row.bytes(8));
    }

    List<StateTransition> transitions(Mark after, Mark upTo, int most) {
        List<StateTransition> transitions = new ArrayList<>(database.list(
                "SELECT v.from_state, v.to_state, v.at, v.reason FROM metrics_transitions" + BETWEEN,
                row -> new StateTransition(row.text(1), row.text(2), row.number(3), row.text(4)),
                between(after, after.transitions(), upTo, upTo.transitions(), most)));
        Collections.reverse(transitions);
        return transitions;
    }

    List<ErrorEvent> errors(Mark after, Mark upTo, int most) {
        return database.list(
                "SELECT v.at, v.error_type, v.message, v.model_type, v.device_id FROM metrics_errors" + BETWEEN,
                row -> new ErrorEvent(row.number(1), row.text(2), row.text(3), row.textOrNull(4), row.textOrNull(5)),
                between(after, after.errors(), upTo, upTo.errors(), most));
    }

    /** An epoch that is not kept yet is later than all that are. */
    private Object[] between(Mark after, long afterNumber, Mark upTo, long upToNumber, int most) {
        long first = idOf(after.epoch().id()).orElse(Long.MAX_VALUE);
        long last = idOf(upTo.epoch().id()).orElse(Long.MAX_VALUE);
        return new Object[] {source, first, first, afterNumber, last, last, upToNumber, most};
    }

    private Optional<Long> idOf(String epoch) {
        return database.first(
                "SELECT id FROM metrics_epochs WHERE source = ? AND uuid = ?", row -> row.number(1), source, epoch);
    }

    Optional<StoredSnapshot> find(long id) {
        return database.first(
                "SELECT s.id, s.timestamp, s.snapshot_json" + OWN_SNAPSHOTS + "AND o.id = ?",
                row -> new StoredSnapshot(row.number(1), database.dialect().instant(row, 2), row.text(3)),
                source,
                id);
    }

    Optional<Instant> lastTimestamp() {
        return database.first(
                "SELECT s.timestamp" + OWN_SNAPSHOTS + "ORDER BY s.timestamp DESC LIMIT 1",
                row -> database.dialect().instant(row, 1),
                source);
    }

    long count() {
        return database.number("SELECT count(*) FROM metrics_snapshot_origins WHERE source = ?", source);
    }

    private static Epoch epoch(Row row) throws SQLException {
        Epoch open = Epoch.open(new EpochInfo(row.text(2), millis(row, 3), row.text(4)), row.text(5));
        String endedBy = row.textOrNull(7);
        return endedBy == null ? open : open.ended(millis(row, 6), ending(endedBy));
    }

    private static Epoch.Ending ending(String label) throws SQLException {
        return Row.parsed(label.toUpperCase(Locale.ROOT), Epoch.Ending::valueOf);
    }

    private static Instant millis(Row row, int column) throws SQLException {
        return Instant.ofEpochMilli(row.number(column));
    }
}
