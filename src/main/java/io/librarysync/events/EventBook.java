package io.librarysync.events;

import io.librarysync.domain.EventLogAnswer;
import io.librarysync.metrics.Member;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All events of one device that can still be read: those in memory and those in the archive, each once. */
public final class EventBook {
    private static final Comparator<SyncEvent> BY_TIME = Comparator.comparing(SyncEvent::at)
            .thenComparing(event -> event.id().sequence());

    private final EventJournal journal;
    private final EventArchive archive;

    public EventBook(EventJournal journal, EventArchive archive) {
        this.journal = journal;
        this.archive = archive;
    }

    /** Of a device that tells of none. */
    public static EventBook none(Member device) {
        return new EventBook(new EventJournal(device, "", 1), EventArchive.NONE);
    }

    /** Those of this run, as they happen. */
    public EventJournal journal() {
        return journal;
    }

    /** Those of earlier runs, and of this one beyond memory. */
    public EventArchive archive() {
        return archive;
    }

    /** The answer to a query of this device and its peers, given what those answered. */
    public LibraryEvents find(EventQuery query, List<EventLogAnswer> peers) {
        return LibraryEvents.of(query, journal.device(), find(query.fromFirst()), peers);
    }

    /** The answer to a query. */
    public List<SyncEvent> find(EventQuery query) {
        Map<EventId, SyncEvent> found = new LinkedHashMap<>();
        archive.find(query.fromFirst()).forEach(event -> found.put(event.id(), event));
        journal.recent().stream().filter(query.filter()::selects).forEach(event -> found.put(event.id(), event));
        return found.values().stream()
                .sorted(query.oldestFirst() ? BY_TIME : BY_TIME.reversed())
                .skip(query.offset())
                .limit(query.limit())
                .toList();
    }
}
