package io.librarysync.store;

import io.librarysync.engine.StoreException;
import io.librarysync.events.EventStore;
import io.librarysync.history.Entry;
import io.librarysync.history.Epoch;
import io.librarysync.history.Mark;
import io.librarysync.history.Retention;
import io.librarysync.history.Sample;
import io.librarysync.history.SnapshotStore;
import io.librarysync.history.SnapshotStoreException;
import io.librarysync.history.StoredSnapshot;
import io.librarysync.metrics.ErrorEvent;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.StateTransition;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The history of one device in one library, in the SQLite file {@code metrics.db} or in a PostgreSQL database that many
 * devices share. It is opened by the first call that needs it; one that cannot be used fails each call until it can.
 */
public final class MetricsDatabase implements SnapshotStore {
    private static final long NOBODY = -1;

    private final MetricsConnections connections;
    private final Source source;
    private final Catalogues catalogues = new Catalogues();

    /** Whose history it is. */
    public record Source(Member library, Member device) {}

    MetricsDatabase(MetricsConnections connections, Source source) {
        this.connections = connections;
        this.source = source;
    }

    /** In a file, which is made if it is not there. */
    public static MetricsDatabase open(Path file, Member library, Member device) {
        return new MetricsDatabase(new FileConnections(DatabaseFile.ofMetrics(file)), new Source(library, device));
    }

    /**
     * In a PostgreSQL database.
     *
     * @param jdbcUrl with user and password, if they are needed; what else than a URL of PostgreSQL is an
     *     {@link IllegalArgumentException}
     */
    public static MetricsDatabase open(String jdbcUrl, Member library, Member device) {
        return new MetricsDatabase(new ServerConnections(jdbcUrl), new Source(library, device));
    }

    /** Whose history is in the file of a device that does not run, the one written last first. */
    public static List<Source> sources(Path file) {
        try (MetricsConnections connections = new OfflineConnections(DatabaseFile.ofMetrics(file))) {
            return guarded(connections.name(), () -> connections.read(SourceRows::all));
        }
    }

    /** The history in the file of a device that does not run; nothing is written, whatever would is refused. */
    public static MetricsDatabase openOffline(Path file, Source source) {
        return new MetricsDatabase(new OfflineConnections(DatabaseFile.ofMetrics(file)), source);
    }

    /** The events of the same device; they can be used as long as this is open. */
    public EventStore events() {
        return new StoredEvents(connections, source);
    }

    @Override
    public Found resume() {
        return guarded(
                () -> connections.isReadOnly() ? connections.read(this::found) : connections.write(this::settled));
    }

    private Found settled(Database database) {
        MetricsWrites writes = writes(database);
        Found found = found(database);
        found.epochs().stream()
                .filter(epoch -> epoch.endedBy() == Epoch.Ending.CRASH)
                .forEach(writes::end);
        return found;
    }

    private Found found(Database database) {
        MetricsReads reads = reads(database);
        return new Found(reads.newestCatalogue(), reads.epochsThatAreOver());
    }

    @Override
    public List<Long> write(List<Entry> entries) {
        MetricsWrites.Written written =
                guarded(() -> connections.write(database -> writes(database).write(entries)));
        catalogues.remember(written.catalogues());
        return written.snapshots();
    }

    @Override
    public List<Epoch> epochs() {
        return read(MetricsReads::epochs);
    }

    @Override
    public Optional<Mark> newest(Instant atOrBefore, Sample.@Nullable Key before) {
        return read(reads -> reads.newest(atOrBefore, before));
    }

    @Override
    public Optional<Sample> last(String epoch) {
        return read(reads -> reads.last(epoch));
    }

    @Override
    public List<StateTransition> transitions(Mark after, Mark upTo, int most) {
        return read(reads -> reads.transitions(after, upTo, most));
    }

    @Override
    public List<ErrorEvent> errors(Mark after, Mark upTo, int most) {
        return read(reads -> reads.errors(after, upTo, most));
    }

    @Override
    public void prune(Instant now, Retention retention) {
        guarded(() -> connections.write(database -> {
            new MetricsPruning(database, SourceRows.keep(database, source), libraryId()).prune(now, retention);
            return now;
        }));
    }

    @Override
    public Optional<StoredSnapshot> find(long id) {
        return read(reads -> reads.find(id));
    }

    @Override
    public Optional<Instant> lastTimestamp() {
        return read(MetricsReads::lastTimestamp);
    }

    @Override
    public long count() {
        return read(MetricsReads::count);
    }

    @Override
    public void close() {
        connections.close();
    }

    private <T> T read(Function<MetricsReads, T> question) {
        return guarded(() -> connections.read(database -> question.apply(reads(database))));
    }

    private MetricsReads reads(Database database) {
        return new MetricsReads(
                database, catalogues, SourceRows.find(database, source).orElse(NOBODY));
    }

    private MetricsWrites writes(Database database) {
        return new MetricsWrites(database, catalogues, SourceRows.keep(database, source), libraryId());
    }

    private String libraryId() {
        return source.library().id();
    }

    private <T> T guarded(Supplier<T> work) {
        return guarded(connections.name(), work);
    }

    private static <T> T guarded(String name, Supplier<T> work) {
        try {
            return work.get();
        } catch (UnusableDataException e) {
            throw new SnapshotStoreException(String.valueOf(e.getMessage()), e);
        } catch (StoreException
                | IllegalArgumentException
                | ArithmeticException
                | DateTimeException
                | NoSuchElementException e) {
            throw new SnapshotStoreException(name + ": " + e.getMessage(), e);
        }
    }
}
