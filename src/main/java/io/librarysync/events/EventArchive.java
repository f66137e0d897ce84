package io.librarysync.events;

import java.util.List;

/**
 * The events that are kept beyond memory, of this run and of earlier ones. What was just told of may be missing. A method
 * that fails throws an {@link EventArchiveException}.
 */
public interface EventArchive {

    /** Keeps nothing. */
    EventArchive NONE = new EventArchive() {
        @Override
        public List<SyncEvent> find(EventQuery query) {
            return List.of();
        }

        @Override
        public List<SyncEvent> from(EventId event, int most) {
            return List.of();
        }
    };

    /** The answer to a query, of events at the same millisecond in the order of their numbers. */
    List<SyncEvent> find(EventQuery query);

    /**
     * The events from one on, in the order in which they were told of: itself if it is kept, else what followed it in its
     * run, else what followed that run. Nothing if its run is not known.
     */
    List<SyncEvent> from(EventId event, int most);
}
