package io.librarysync.engine;

import io.librarysync.domain.EventLogQuery;
import io.librarysync.domain.LoggedEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The port through which peers read the event log of this device. */
public interface EventLogReader {

    /** Of a device that keeps no events. */
    EventLogReader NONE = query -> CompletableFuture.completedFuture(List.of());

    /**
     * The events wanted, in the order wanted. Returns at once, what takes time is done elsewhere; the future fails with an
     * {@link IllegalArgumentException} if the question makes no sense here.
     */
    CompletableFuture<List<LoggedEvent>> find(EventLogQuery query);
}
