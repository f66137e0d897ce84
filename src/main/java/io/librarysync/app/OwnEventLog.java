package io.librarysync.app;

import io.librarysync.domain.EventLogQuery;
import io.librarysync.domain.LoggedEvent;
import io.librarysync.engine.EventLogReader;
import io.librarysync.events.EventBook;
import io.librarysync.events.EventExchange;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The events of this device as peers read them, on a thread of its own: sync waits for none of it. */
final class OwnEventLog implements EventLogReader {
    private final EventBook events;
    private final Executor thread;

    OwnEventLog(EventBook events, Executor thread) {
        this.events = events;
        this.thread = thread;
    }

    @Override
    public CompletableFuture<List<LoggedEvent>> find(EventLogQuery query) {
        return CompletableFuture.supplyAsync(
                () -> events.find(EventExchange.read(query)).stream()
                        .map(EventExchange::told)
                        .toList(),
                thread);
    }
}
