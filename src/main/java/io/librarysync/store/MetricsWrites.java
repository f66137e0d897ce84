package io.librarysync.store;

import io.librarysync.history.Entry;
import io.librarysync.history.Epoch;
import io.librarysync.history.Sample;
import io.librarysync.instrument.SeriesCatalogue;
import io.librarysync.metrics.ErrorEvent;
import io.librarysync.metrics.StateTransition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Adds entries to the history of one source, inside one transaction. What is there already stays as it is: a batch whose
 * outcome was never heard of can be written again.
 */
final class MetricsWrites {
    private static final String SAMPLE = "INSERT INTO metrics_samples"
            + " (epoch, number, taken_at, stretch, tier, base, transitions, errors, data)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (epoch, number) DO NOTHING";
    private static final String TRANSITION = "INSERT INTO metrics_transitions"
            + " (epoch, number, at, from_state, to_state, reason) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String ERROR = "INSERT INTO metrics_errors"
            + " (epoch, number, at, error_type, message, model_type, device_id) VALUES (?, ?, ?, ?, ?, ?, ?)";

    private final Database database;
    private final Catalogues catalogues;
    private final long source;
    private final String library;
    private final Map<String, Long> epochs = new HashMap<>();
    private final Map<Long, SeriesCatalogue> written = new HashMap<>();
    private final Map<Long, SeriesCatalogue> catalogueOfEpoch = new HashMap<>();
    private final Map<Long, Sample> lastOfEpoch = new HashMap<>();

    /** @param library under whose id whole snapshots are kept */
    MetricsWrites(Database database, Catalogues catalogues, long source, String library) {
        this.database = database;
        this.catalogues = catalogues;
        this.source = source;
        this.library = library;
    }

    /**
     * What was written.
     *
     * @param snapshots the ids of the whole snapshots, in order
     * @param catalogues what the samples were written with, by the ids they have now
     */
    record Written(List<Long> snapshots, Map<Long, SeriesCatalogue> catalogues) {}

    Written write(List<Entry> entries) {
        List<Long> snapshots = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry instanceof Entry.Begun begun) {
                begin(begun.epoch());
            } else if (entry instanceof Entry.Taken taken) {
                add(taken).ifPresent(snapshots::add);
            } else if (entry instanceof Entry.Ended ended) {
                end(ended.epoch());
            }
        }
        return new Written(snapshots, written);
    }

    private void begin(Epoch epoch) {
        long startedAt = epoch.startedAt().toEpochMilli();
        database.update(
                "INSERT INTO metrics_epochs (source, uuid, run, started_at, opened_by) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (source, uuid) DO NOTHING",
                source,
                epoch.id(),
                epoch.run(),
                startedAt,
                epoch.info().openedBy());
        beginStretch(idOf(epoch.id()), 0, startedAt);
    }

    void end(Epoch epoch) {
        Instant endedAt = Objects.requireNonNull(epoch.endedAt(), "the epoch has no end");
        Epoch.Ending endedBy = Objects.requireNonNull(epoch.endedBy(), "the epoch has no end");
        database.update(
                "UPDATE metrics_epochs SET ended_at = ?, ended_by = ? WHERE id = ?",
                endedAt.toEpochMilli(),
                endedBy.label(),
                idOf(epoch.id()));
    }

    private Optional<Long> add(Entry.Taken taken) {
        Sample sample = taken.sample();
        long epoch = idOf(sample.epoch());
        keepCatalogue(epoch, sample.catalogue());
        requireBase(epoch, sample);
        if (insert(epoch, sample) > 0) {
            keepStretch(epoch, sample);
            keepEvents(epoch, taken);
        }
        return Optional.ofNullable(taken.json())
                .map(json -> snapshotOf(epoch, sample).orElseGet(() -> keepSnapshot(epoch, sample, json)));
    }

    private long idOf(String epoch) {
        return epochs.computeIfAbsent(epoch, uuid -> database.first(
                        "SELECT id FROM metrics_epochs WHERE source = ? AND uuid = ?",
                        row -> row.number(1),
                        source,
                        uuid)
                .orElseThrow(() -> new IllegalArgumentException("there is no epoch " + uuid)));
    }

    private int insert(long epoch, Sample sample) {
        Sample.Key key = sample.key();
        return database.update(
                SAMPLE,
                epoch,
                key.number(),
                key.takenAt().toEpochMilli(),
                key.stretch(),
                TierCode.of(sample.tier()),
                sample.base() == null ? null : sample.base().number(),
                key.transitions(),
                key.errors(),
                sample.difference());
    }

    private void requireBase(long epoch, Sample sample) {
        Sample base = sample.base();
        if (base != null && base != lastOfEpoch.get(epoch) && !isKept(epoch, base.number())) {
            throw new IllegalArgumentException("sample %d of epoch %s is the difference to %d, which is not kept"
                    .formatted(sample.number(), sample.epoch(), base.number()));
        }
    }

    private boolean isKept(long epoch, long number) {
        return database.number("SELECT count(*) FROM metrics_samples WHERE epoch = ? AND number = ?", epoch, number)
                > 0;
    }

    private void keepStretch(long epoch, Sample sample) {
        Sample last = lastOfEpoch.put(epoch, sample);
        if (last == null || last.key().stretch() != sample.key().stretch()) {
            beginStretch(epoch, sample.key().stretch(), sample.takenAt().toEpochMilli());
        }
    }

    private void beginStretch(long epoch, int stretch, long startedAt) {
        database.update(
                "INSERT INTO metrics_stretches (epoch, stretch, started_at) VALUES (?, ?, ?)"
                        + " ON CONFLICT (epoch, stretch) DO NOTHING",
                epoch,
                stretch,
                startedAt);
    }

    private void keepEvents(long epoch, Entry.Taken taken) {
        Sample.Key key = taken.sample().key();
        database.updateAll(
                TRANSITION,
                numbered(
                        taken.transitions(),
                        key.transitions(),
                        (number, transition) -> row(epoch, number, transition)));
        database.updateAll(ERROR, numbered(taken.errors(), key.errors(), (number, error) -> row(epoch, number, error)));
    }

    /** The last event of a sample has the number to which the sample counts. */
    private static <E> List<@Nullable Object[]> numbered(
            List<E> events, long count, BiFunction<Long, E, @Nullable Object[]> row) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        long number = count - events.size();
        for (E event : events) {
            number++;
            rows.add(row.apply(number, event));
        }
        return rows;
    }

    private static @Nullable Object[] row(long epoch, long number, StateTransition transition) {
        return new Object[] {
            epoch, number, transition.atEpochMillis(), transition.from(), transition.to(), transition.reason()
        };
    }

    private static @Nullable Object[] row(long epoch, long number, ErrorEvent error) {
        return new @Nullable Object[] {
            epoch,
            number,
            error.timestampEpochMillis(),
            error.errorType(),
            error.message(),
            error.modelType(),
            error.deviceId()
        };
    }

    private long keepSnapshot(long epoch, Sample sample, String json) {
        long id = database.number(
                "INSERT INTO sync_metrics_snapshots (library_id, timestamp, snapshot_json) VALUES (?, ?, ?) RETURNING id",
                library,
                database.dialect().instant(sample.takenAt()),
                json);
        database.update(
                "INSERT INTO metrics_snapshot_origins (id, source, epoch, number) VALUES (?, ?, ?, ?)",
                id,
                source,
                epoch,
                sample.number());
        return id;
    }

    private Optional<Long> snapshotOf(long epoch, Sample sample) {
        return database.first(
                "SELECT id FROM metrics_snapshot_origins WHERE source = ? AND epoch = ? AND number = ?",
                row -> row.number(1),
                source,
                epoch,
                sample.number());
    }

    private void keepCatalogue(long epoch, SeriesCatalogue catalogue) {
        if (catalogueOfEpoch.put(epoch, catalogue) != catalogue) {
            written.put(new CatalogueRows(database, catalogues, source).keep(epoch, catalogue), catalogue);
        }
    }
}
