package io.librarysync.events;

import java.time.Instant;
import java.util.List;

/** Where events are kept beyond memory. A method that fails has changed nothing and may be tried again. */
public interface EventStore extends EventArchive {

    /** Keeps all of them, or fails and keeps none; one that is kept already stays as it is. */
    void write(List<SyncEvent> events);

    /** Drops what is too old, and the oldest of what is too much. */
    void prune(Instant now, EventRetention retention);
}
