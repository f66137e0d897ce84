package io.librarysync.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.metrics.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store of events does. */
public abstract class EventStoreContract {
    protected static final Member LIBRARY = new Member("library", "Library");
    protected static final Member DEVICE = new Member("device", "Device");
    private static final List<SyncEventType> TYPES = List.of(SyncEventType.values());
    private static final Member OTHER = new Member("other", "Other");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final String SESSION = "5b0e41c7-0000-4000-8000-000000000000";

    /** The store of a device, however often it is asked for. */
    protected abstract EventStore store(Member device);

    @Test
    void whatIsWrittenCanBeReadAsItWas() {
        SyncEvent full = new SyncEvent(
                new EventId("run", 1),
                NOON,
                SyncEventType.BATCH_INGESTION,
                DEVICE,
                new Member("peer", "P'eer\n\"<script>\u202e"),
                List.of("content_identity", "tag"),
                Long.MAX_VALUE,
                Duration.ofMillis(1_234),
                SESSION,
                "1,000 records; DROP TABLE sync_event_log",
                null);
        SyncEvent bare = event("run", 2, SyncEventType.METRICS_RESET, null, null);
        store(DEVICE).write(List.of(full, bare));

        assertThat(all()).containsExactly(full, bare);
    }

    @Test
    void whatIsWrittenTwiceIsThereOnce() {
        List<SyncEvent> events = run("run", 3);
        store(DEVICE).write(events);
        store(DEVICE).write(events);

        assertThat(all()).isEqualTo(events);
    }

    @Test
    void aFilterSelectsWhatItWouldInMemory() {
        Random random = new Random(7);
        List<SyncEvent> events = LongStream.rangeClosed(1, 200)
                .mapToObj(number -> event(
                        "run",
                        number,
                        TYPES.get(random.nextInt(TYPES.size())),
                        random.nextBoolean() ? null : new Member("peer" + random.nextInt(3), "Peer"),
                        random.nextBoolean() ? null : SESSION.replace('5', (char) ('5' + random.nextInt(3)))))
                .toList();
        store(DEVICE).write(events);

        for (int i = 0; i < 50; i++) {
            EventFilter filter = new EventFilter(
                    random.nextBoolean() ? null : NOON.plusSeconds(random.nextInt(200)),
                    random.nextBoolean() ? null : NOON.plusSeconds(random.nextInt(200)),
                    random.nextBoolean() ? Set.of() : Set.of(SyncEventType.SYNC_ERROR, SyncEventType.GAP_DETECTED),
                    random.nextBoolean() ? Set.of() : Set.of(EventCategory.DATA_FLOW),
                    random.nextBoolean() ? Set.of() : Set.of(Severity.INFO, Severity.DEBUG),
                    random.nextBoolean() ? null : random.nextBoolean() ? "peer1" : DEVICE.id(),
                    random.nextBoolean() ? null : "entry",
                    random.nextBoolean() ? Set.of() : Set.of("6b0e41c7"));
            assertThat(store(DEVICE).find(new EventQuery(filter, true, 1_000, 0)))
                    .as("%s", filter)
                    .isEqualTo(events.stream().filter(filter::selects).toList());
        }
    }

    @Test
    void theNewestComeFirstUnlessTheOldestAreWanted() {
        store(DEVICE).write(run("run", 5));

        assertThat(numbers(store(DEVICE).find(new EventQuery(EventFilter.ALL, false, 2, 1))))
                .containsExactly(4L, 3L);
        assertThat(numbers(store(DEVICE).find(new EventQuery(EventFilter.ALL, true, 2, 1))))
                .containsExactly(2L, 3L);
    }

    @Test
    void fromAnEventOnTheRestOfItsRunFollowsAndThenTheNextRuns() {
        store(DEVICE).write(run("first", 3));
        store(DEVICE).write(List.of(event("second", 2, SyncEventType.GAP_DETECTED, null, null)));

        assertThat(from("first", 2)).containsExactly("first:2", "first:3", "second:2");
        assertThat(from("first", 9)).containsExactly("second:2");
        assertThat(from("second", 1)).containsExactly("second:2");
        assertThat(from("second", 3)).isEmpty();
        assertThat(from("never", 1)).isEmpty();
    }

    @Test
    void devicesDoNotSeeEachOther() {
        store(DEVICE).write(run("run", 2));
        store(OTHER).write(List.of());

        assertThat(store(OTHER).find(new EventQuery(EventFilter.ALL, true, 9, 0)))
                .isEmpty();
        store(OTHER).prune(NOON.plus(Duration.ofDays(99)), new EventRetention(Duration.ofDays(1), 1));
        assertThat(all()).hasSize(2);
    }

    @Test
    void whatIsTooOldOrTooMuchIsDropped() {
        store(DEVICE).write(run("run", 10));
        store(DEVICE).prune(NOON.plusSeconds(13), new EventRetention(Duration.ofSeconds(10), 100));
        assertThat(numbers(all())).containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);

        store(DEVICE).prune(NOON.plusSeconds(13), new EventRetention(Duration.ofSeconds(10), 2));
        assertThat(numbers(all())).containsExactly(9L, 10L);
    }

    private List<SyncEvent> all() {
        return store(DEVICE).find(new EventQuery(EventFilter.ALL, true, 1_000, 0));
    }

    private List<String> from(String run, long sequence) {
        return store(DEVICE).from(new EventId(run, sequence), 10).stream()
                .map(event -> event.id().toString())
                .toList();
    }

    private static List<Long> numbers(List<SyncEvent> events) {
        return events.stream().map(event -> event.id().sequence()).toList();
    }

    private static List<SyncEvent> run(String run, long events) {
        List<SyncEvent> all = new ArrayList<>();
        for (long number = 1; number <= events; number++) {
            all.add(event(run, number, SyncEventType.PEER_CONNECTED, new Member("peer", "Peer"), null));
        }
        return all;
    }

    private static SyncEvent event(
            String run, long number, SyncEventType type, @Nullable Member peer, @Nullable String session) {
        return new SyncEvent(
                new EventId(run, number),
                NOON.plusSeconds(number),
                type,
                DEVICE,
                peer,
                number % 3 == 0 ? List.of("entry", "tag") : List.of("entry_tag"),
                number % 2 == 0 ? null : number,
                null,
                session,
                "event " + number,
                null);
    }
}
