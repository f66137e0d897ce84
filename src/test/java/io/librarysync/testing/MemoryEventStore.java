package io.librarysync.testing;

import io.librarysync.events.EventId;
import io.librarysync.events.EventQuery;
import io.librarysync.events.EventRetention;
import io.librarysync.events.EventStore;
import io.librarysync.events.SyncEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Keeps events in memory, in the order in which they were written. */
public final class MemoryEventStore implements EventStore {
    private final List<SyncEvent> kept = new ArrayList<>();

    @Override
    public synchronized void write(List<SyncEvent> events) {
        kept.addAll(events);
    }

    @Override
    public void prune(Instant now, EventRetention retention) {}

    @Override
    public synchronized List<SyncEvent> find(EventQuery query) {
        List<SyncEvent> ordered = new ArrayList<>(kept);
        if (!query.oldestFirst()) {
            Collections.reverse(ordered);
        }
        return ordered.stream()
                .filter(query.filter()::selects)
                .skip(query.offset())
                .limit(query.limit())
                .toList();
    }

    @Override
    public synchronized List<SyncEvent> from(EventId event, int most) {
        return kept.stream()
                .dropWhile(each -> !each.id().run().equals(event.run()))
                .filter(each ->
                        !each.id().run().equals(event.run()) || each.id().sequence() >= event.sequence())
                .limit(most)
                .toList();
    }
}
