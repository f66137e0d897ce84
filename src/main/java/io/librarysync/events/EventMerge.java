package io.librarysync.events;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings the events of several devices into one order, by time. Where clocks are not known well enough to tell, a page comes
 * after the request for it, and what the puller does with it after both. Not to be used twice.
 */
final class EventMerge {
    private final List<EventLane> lanes;
    private final Map<String, Pages> sessions = new HashMap<>();

    /** Where a pull is, page by page. */
    private static final class Pages {
        private int requested;
        private int received;
        private int served;
    }

    EventMerge(List<EventLane> lanes) {
        this.lanes = new ArrayList<>(lanes);
    }

    /** All of them, each once. */
    List<SyncEvent> oldestFirst() {
        List<SyncEvent> ordered = new ArrayList<>();
        Set<EventId> known = new HashSet<>();
        lanes.removeIf(EventLane::isEmpty);
        while (!lanes.isEmpty()) {
            EventLane lane = next();
            SyncEvent event = lane.take();
            if (known.add(event.id())) {
                note(event);
                ordered.add(event);
            }
            if (lane.isEmpty()) {
                lanes.remove(lane);
            }
        }
        return ordered;
    }

    private EventLane next() {
        Comparator<EventLane> byTime = Comparator.comparingLong(EventLane::millis);
        EventLane earliest = lanes.stream().min(byTime).orElseThrow();
        return lanes.stream()
                .filter(lane -> lane.mayPrecede(earliest) && !waits(lane.first()))
                .min(byTime)
                .orElse(earliest);
    }

    /** Whether something must have happened before that is not in the order yet. */
    private boolean waits(SyncEvent event) {
        Pages pages = pages(event);
        if (pages == null) {
            return false;
        }
        return switch (event.type()) {
            case BACKFILL_REQUEST_RECEIVED -> pages.received >= pages.requested;
            case BACKFILL_RESPONSE_SENT -> false;
            default -> pages.requested > pages.served;
        };
    }

    private void note(SyncEvent event) {
        Pages pages = pages(event);
        if (pages != null) {
            switch (event.type()) {
                case BACKFILL_REQUEST_SENT -> pages.requested++;
                case BACKFILL_REQUEST_RECEIVED -> pages.received++;
                case BACKFILL_RESPONSE_SENT -> pages.served++;
                default -> {}
            }
        }
    }

    private @Nullable Pages pages(SyncEvent event) {
        String session = event.correlation();
        return session == null ? null : sessions.computeIfAbsent(session, id -> new Pages());
    }
}
