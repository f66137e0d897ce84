package io.librarysync.store;

import io.librarysync.engine.StoreException;
import io.librarysync.events.EventArchiveException;
import io.librarysync.events.EventId;
import io.librarysync.events.EventQuery;
import io.librarysync.events.EventRetention;
import io.librarysync.events.EventStore;
import io.librarysync.events.SyncEvent;
import io.librarysync.store.MetricsDatabase.Source;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The events of one device, in the database of its history. */
final class StoredEvents implements EventStore {
    private final MetricsConnections connections;
    private final Source source;

    StoredEvents(MetricsConnections connections, Source source) {
        this.connections = connections;
        this.source = source;
    }

    @Override
    public void write(List<SyncEvent> events) {
        write(rows -> {
            rows.write(events);
            return events;
        });
    }

    @Override
    public void prune(Instant now, EventRetention retention) {
        write(rows -> {
            rows.prune(now, retention);
            return now;
        });
    }

    @Override
    public List<SyncEvent> find(EventQuery query) {
        return read(rows -> rows.find(query));
    }

    @Override
    public List<SyncEvent> from(EventId event, int most) {
        return read(rows -> rows.from(event, most));
    }

    private <T> void write(Function<EventRows, T> work) {
        var unused = guarded(() -> connections.write(
                database -> work.apply(new EventRows(database, SourceRows.keep(database, source), source.device()))));
    }

    /** A source that was never written has no events. */
    private List<SyncEvent> read(Function<EventRows, List<SyncEvent>> question) {
        return guarded(() -> connections.read(database -> SourceRows.find(database, source)
                .map(id -> question.apply(new EventRows(database, id, source.device())))
                .orElse(List.of())));
    }

    private <T> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (UnusableDataException e) {
            throw new EventArchiveException(String.valueOf(e.getMessage()), e);
        } catch (StoreException | IllegalArgumentException e) {
            throw new EventArchiveException(connections.name() + ": " + e.getMessage(), e);
        }
    }
}
