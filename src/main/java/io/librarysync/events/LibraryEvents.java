package io.librarysync.events;

import io.librarysync.domain.ClockOffset;
import io.librarysync.domain.EventLogAnswer;
import io.librarysync.domain.Reach;
import io.librarysync.metrics.Member;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Events of several devices in one order, their times by the clock of the device that asked.
 *
 * @param devices the one that asked, then the others as it knows them
 */
public record LibraryEvents(List<SyncEvent> events, List<OfDevice> devices) {

    public LibraryEvents {
        events = List.copyOf(events);
        devices = List.copyOf(devices);
    }

    /**
     * What one device has to do with it.
     *
     * @param clockOffsetMillis how far its clock is ahead of that of the device that asked, 0 if they may well show the same;
     *     null if that is not known
     * @param clockErrorMillis by how much that may be wrong
     * @param events how many of the events are of it
     * @param hasMore whether it has more of those that were asked for than its answer held
     */
    public record OfDevice(
            Member device,
            Reach reach,
            @Nullable Long clockOffsetMillis,
            @Nullable Long clockErrorMillis,
            long events,
            boolean hasMore) {}

    /**
     * The answer to a query.
     *
     * @param own the events of the device that asked, at least the first {@code query.offset() + query.limit()} wanted
     */
    public static LibraryEvents of(EventQuery query, Member self, List<SyncEvent> own, List<EventLogAnswer> peers) {
        List<EventLane> lanes = new ArrayList<>();
        lanes.add(new EventLane(ascending(own, query), 0));
        List<EventLogAnswer> read = new ArrayList<>();
        for (EventLogAnswer answer : peers) {
            try {
                lanes.add(new EventLane(
                        ascending(corrected(answer, query.filter()), query),
                        answer.clock().error()));
                read.add(answer);
            } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
                read.add(unread(answer));
            }
        }
        List<SyncEvent> shown = chosen(query, new EventMerge(lanes).oldestFirst());
        return new LibraryEvents(shown, devices(self, read, shown));
    }

    private static List<SyncEvent> ascending(List<SyncEvent> events, EventQuery query) {
        List<SyncEvent> ascending = new ArrayList<>(events);
        if (!query.oldestFirst()) {
            Collections.reverse(ascending);
        }
        return ascending;
    }

    /** By our clock they may be out of the time that was asked for. */
    private static List<SyncEvent> corrected(EventLogAnswer answer, EventFilter filter) {
        Member device = new Member(answer.device().toString(), answer.name());
        Duration ahead = Duration.ofMillis(answer.clock().ahead());
        return answer.events().stream()
                .map(event -> EventExchange.read(event, device))
                .map(event -> ahead.isZero() ? event : event.corrected(ahead))
                .filter(filter::selects)
                .toList();
    }

    /** Of a device that tells of what is not known here. */
    private static EventLogAnswer unread(EventLogAnswer answer) {
        return new EventLogAnswer(
                answer.device(), answer.name(), Reach.CANNOT_SAY, answer.clock(), List.of(), answer.hasMore());
    }

    private static List<SyncEvent> chosen(EventQuery query, List<SyncEvent> ascending) {
        List<SyncEvent> ordered = new ArrayList<>(ascending);
        if (!query.oldestFirst()) {
            Collections.reverse(ordered);
        }
        return ordered.stream().skip(query.offset()).limit(query.limit()).toList();
    }

    private static List<OfDevice> devices(Member self, List<EventLogAnswer> peers, List<SyncEvent> shown) {
        Map<String, Long> counts = shown.stream()
                .collect(Collectors.groupingBy(event -> event.device().id(), Collectors.counting()));
        List<OfDevice> devices = new ArrayList<>();
        devices.add(new OfDevice(self, Reach.ANSWERED, null, null, counts.getOrDefault(self.id(), 0L), false));
        for (EventLogAnswer peer : peers) {
            ClockOffset clock = peer.clock();
            Member member = new Member(peer.device().toString(), peer.name());
            devices.add(new OfDevice(
                    member,
                    peer.reach(),
                    clock.isKnown() ? clock.ahead() : null,
                    clock.isKnown() ? clock.error() : null,
                    counts.getOrDefault(member.id(), 0L),
                    peer.hasMore()));
        }
        return devices;
    }
}
