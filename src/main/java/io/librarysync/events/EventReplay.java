package io.librarysync.events;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What somebody missed after an event, page by page: from the archive what is not in memory any more, then what is; a range
 * that neither holds is told of as lost. What happens meanwhile goes to the listener. Not thread-safe.
 */
public final class EventReplay {
    private static final Logger LOG = LoggerFactory.getLogger(EventReplay.class);
    private static final int PAGE = 1_000;

    private final EventArchive archive;
    private final String run;
    private final List<SyncEvent> inMemory;
    private EventId at;
    private boolean isEnd;
    private boolean done;

    /** An event that was missed, or a range of numbers that nobody can tell of any more. */
    public sealed interface Missed {

        record Event(SyncEvent event) implements Missed {}

        /**
         * Numbers of one run.
         *
         * @param to null for up to wherever that run came
         */
        record Lost(String run, long from, @Nullable Long to) implements Missed {}
    }

    /**
     * Of what came after an event.
     *
     * @param last the event up to which everything is known
     */
    public EventReplay(EventBook book, EventId last, EventListener listener) {
        EventJournal journal = book.journal();
        this.archive = book.archive();
        this.run = journal.run();
        this.at = last;
        this.inMemory = journal.join(listener, isOfThisRun() ? last.sequence() : 0);
    }

    /** What comes next; empty when all was told. */
    public List<Missed> next() {
        if (done) {
            return List.of();
        }
        List<Missed> page = isInMemory() ? List.of() : fromArchive();
        return page.isEmpty() ? fromMemory() : page;
    }

    /** Whether all that follows is. */
    private boolean isInMemory() {
        return isOfThisRun() && (inMemory.isEmpty() || inMemory.get(0).id().sequence() <= at.sequence() + 1);
    }

    private boolean isOfThisRun() {
        return at.run().equals(run);
    }

    private List<Missed> fromArchive() {
        List<Missed> page = new ArrayList<>();
        for (SyncEvent event : archived()) {
            if (event.id().equals(at)) {
                isEnd = SyncEvents.isEndOfRun(event);
            } else if (!isHeld(event)) {
                skipTo(event.id(), page);
                page.add(new Missed.Event(event));
                at = event.id();
                isEnd = SyncEvents.isEndOfRun(event);
            }
        }
        return page;
    }

    private List<SyncEvent> archived() {
        try {
            return archive.from(at, PAGE);
        } catch (EventArchiveException e) {
            LOG.warn("events of the past could not be read: {}", e.getMessage());
            return List.of();
        }
    }

    private boolean isHeld(SyncEvent event) {
        return event.id().run().equals(run)
                && !inMemory.isEmpty()
                && event.id().sequence() >= inMemory.get(0).id().sequence();
    }

    private List<Missed> fromMemory() {
        done = true;
        List<Missed> rest = new ArrayList<>();
        if (!inMemory.isEmpty()) {
            skipTo(inMemory.get(0).id(), rest);
        } else if (!isOfThisRun()) {
            endRun(rest);
        }
        inMemory.forEach(event -> rest.add(new Missed.Event(event)));
        return rest;
    }

    /** A run whose end was not told, since it was killed or its end is not kept, may have gone on for a while. */
    private void endRun(List<Missed> page) {
        if (!isEnd) {
            page.add(new Missed.Lost(at.run(), at.sequence() + 1, null));
        }
    }

    /** Tells of what is missing between what was told last and {@code next}. */
    private void skipTo(EventId next, List<Missed> page) {
        boolean sameRun = next.run().equals(at.run());
        long expected = sameRun ? at.sequence() + 1 : 1;
        if (!sameRun) {
            endRun(page);
        }
        if (next.sequence() > expected) {
            page.add(new Missed.Lost(next.run(), expected, next.sequence() - 1));
        }
    }
}
