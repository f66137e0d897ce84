package io.librarysync.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.domain.EventLogAnswer;
import io.librarysync.domain.Reach;
import io.librarysync.engine.EngineConfig;
import io.librarysync.engine.EngineKey;
import io.librarysync.events.EventExchange;
import io.librarysync.events.EventFilter;
import io.librarysync.events.EventQuery;
import io.librarysync.events.LibraryEvents;
import io.librarysync.events.SyncEvent;
import io.librarysync.events.SyncEventType;
import io.librarysync.export.EventSources;
import io.librarysync.testing.Invariants;
import io.librarysync.testing.TestDevice;
import io.librarysync.testing.TestLibrary;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One device asks all others for their events. */
class EventsOfAllDevicesTest {
    private static final EventQuery NEWEST = new EventQuery(EventFilter.ALL, false, 1_000, 0);

    private TestLibrary library;
    private TestDevice a;
    private TestDevice b;

    @BeforeEach
    void startTwo(@TempDir Path directory) {
        library = new TestLibrary(directory, EngineConfig.defaults().with(EngineKey.BACKFILL_BATCH_SIZE, 20), true);
        a = library.start("A");
        b = library.start("B");
    }

    @AfterEach
    void stopAll() {
        library.close();
    }

    @ParameterizedTest(name = "C is {0} s ahead")
    @ValueSource(longs = {0, 3, -400})
    void oneBackfillIsOneStoryOfBothDevices(long ahead) {
        a.addLocation();
        a.addFiles(0, 30);
        library.settle();
        TestDevice c = library.start("C");
        library.setSkew(c.id(), Duration.ofSeconds(ahead));
        library.connect(a, c);
        library.settle();
        String session = String.valueOf(
                c.events(SyncEventType.BACKFILL_SESSION_STARTED).get(0).correlation());

        for (TestDevice asked : List.of(a, c)) {
            LibraryEvents all = ask(asked, new EventQuery(sessions(session.substring(0, 8)), true, 1_000, 0));
            assertThat(all.events().stream().map(EventsOfAllDevicesTest::line))
                    .containsExactly(
                            "C peer_selected",
                            "C backfill_session_started",
                            "C backfill_request_sent",
                            "A backfill_request_received",
                            "A backfill_response_sent",
                            "C backfill_request_sent",
                            "A backfill_request_received",
                            "A backfill_response_sent",
                            "C backfill_request_sent",
                            "A backfill_request_received",
                            "A backfill_response_sent",
                            "C backfill_request_sent",
                            "A backfill_request_received",
                            "A backfill_response_sent",
                            "C batch_ingestion",
                            "C batch_ingestion",
                            "C batch_ingestion",
                            "C backfill_session_completed");
            assertThat(all.events())
                    .isSortedAccordingTo((one, other) -> one.at().compareTo(other.at()));
        }
        library.connect(a, b);
        library.connect(b, c);
        library.settle();
        Invariants.check(library);
    }

    @Test
    void timesAreThoseOfTheDeviceThatAsks() {
        library.setSkew(b.id(), Duration.ofSeconds(3));
        library.connect(a, b);
        library.settle();
        Instant connected = Instant.ofEpochMilli(library.clock().millis());
        library.scheduler().advance(Duration.ofMinutes(1));
        library.disconnect(a, b);
        library.scheduler().advance(Duration.ofMinutes(1));
        library.connect(a, b);
        library.settle();

        LibraryEvents all = ask(a, NEWEST);
        List<SyncEvent> reconnected = all.events().stream()
                .filter(event -> event.type() == SyncEventType.PEER_CONNECTED)
                .toList();
        assertThat(reconnected.stream().map(SyncEvent::at).distinct()).hasSize(2);
        assertThat(reconnected)
                .filteredOn(event -> event.device().id().equals(b.id().toString()))
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.clockOffset()).isEqualTo(Duration.ofSeconds(3)));
        assertThat(EventSources.clocks(all.devices()))
                .containsExactly("The clock of B is 3,000 ms ahead; its times are corrected by that, to within 1 ms.");
        assertThat(EventSources.missing(all.devices())).isEmpty();

        EventFilter later = between(connected.plusSeconds(50), null);
        assertThat(ask(a, new EventQuery(later, true, 1_000, 0)).events())
                .extracting(event -> event.type().label())
                .startsWith("peer_disconnected", "peer_disconnected")
                .contains("peer_connected");
        EventFilter earlier = between(null, connected.plusSeconds(50));
        assertThat(ask(a, new EventQuery(earlier, true, 1_000, 0)).events())
                .extracting(event -> event.type().label())
                .doesNotContain("peer_disconnected");
    }

    @Test
    void whoDoesNotAnswerIsNamedAndTheOthersAreShown() {
        TestDevice silent = library.start("C");
        TestDevice offline = library.start("D");
        TestDevice paused = library.start("E");
        for (TestDevice other : List.of(b, silent, offline, paused)) {
            library.connect(a, other);
        }
        library.settle();
        library.stop(offline);
        paused.pause();
        library.settle();
        long before = library.clock().nanos();
        library.cutPower(silent);

        LibraryEvents all = ask(a, NEWEST);
        assertThat(library.clock().nanos() - before)
                .isLessThanOrEqualTo(Duration.ofSeconds(6).toNanos());
        assertThat(all.devices())
                .extracting(device -> device.device().name() + " " + device.reach())
                .containsExactly("A ANSWERED", "B ANSWERED", "C SILENT", "D OFFLINE", "E PAUSED");
        assertThat(all.events().stream().map(event -> event.device().name()).distinct())
                .containsExactlyInAnyOrder("A", "B");
        assertThat(EventSources.missing(all.devices()))
                .containsExactly(
                        "C did not answer in time; its events are missing",
                        "D is offline; its events are missing",
                        "sync is paused on E; its events are missing");
        assertThat(a.snapshot().operations().getRequestsFailed()).isOne();
        assertThat(a.events(SyncEventType.SYNC_ERROR))
                .extracting(SyncEvent::summary)
                .containsExactly("network: no answer in time (timeout)");
        Invariants.checkRunning(library);
    }

    @Test
    void aPausedDeviceAsksNobody() {
        library.connect(a, b);
        library.settle();
        a.pause();

        assertThat(ask(a, NEWEST).devices().get(1).reach()).isEqualTo(Reach.NOT_ASKED);
    }

    @Test
    void anAnswerIsBoundedAndSaysSo(@TempDir Path directory) {
        EngineConfig small = EngineConfig.defaults().with(EngineKey.PAGE_MAX_BYTES, 1_024);
        try (TestLibrary tight = new TestLibrary(directory, small, true)) {
            TestDevice one = tight.start("A");
            TestDevice other = tight.start("B");
            tight.connect(one, other);
            tight.settle();
            for (int i = 0; i < 5; i++) {
                tight.disconnect(one, other);
                tight.connect(one, other);
                tight.settle();
            }
            CompletableFuture<List<EventLogAnswer>> asked = one.engine().eventsOfPeers(EventExchange.asked(NEWEST));
            tight.scheduler().advance(Duration.ofSeconds(1));

            EventLogAnswer answer = asked.join().get(0);
            assertThat(answer.hasMore()).isTrue();
            List<SyncEvent> newestFirst = other.book().find(NEWEST);
            assertThat(answer.events())
                    .isNotEmpty()
                    .isEqualTo(newestFirst.stream()
                            .limit(answer.events().size())
                            .map(EventExchange::told)
                            .toList());
            assertThat(EventSources.missing(
                            one.book().find(NEWEST, asked.join()).devices()))
                    .containsExactly("B has more of these events than one answer holds;"
                            + " narrow --since, --until or the kinds");

            EventQuery three = new EventQuery(EventFilter.ALL, false, 2, 1);
            CompletableFuture<List<EventLogAnswer>> few = one.engine().eventsOfPeers(EventExchange.asked(three));
            tight.scheduler().advance(Duration.ofSeconds(1));
            assertThat(few.join().get(0).events()).hasSize(3);
            assertThat(few.join().get(0).hasMore()).isFalse();
            assertThat(one.book().find(three, few.join()).events()).hasSize(2);
        }
    }

    private LibraryEvents ask(TestDevice device, EventQuery query) {
        CompletableFuture<List<EventLogAnswer>> asked = device.engine().eventsOfPeers(EventExchange.asked(query));
        library.scheduler().runUntilIdle();
        for (int second = 0; second < 6 && !asked.isDone(); second++) {
            library.scheduler().advance(Duration.ofSeconds(1));
        }
        return device.book().find(query, asked.join());
    }

    private static EventFilter sessions(String session) {
        return new EventFilter(null, null, Set.of(), Set.of(), Set.of(), null, null, Set.of(session));
    }

    private static EventFilter between(@Nullable Instant since, @Nullable Instant until) {
        return new EventFilter(since, until, Set.of(), Set.of(), Set.of(), null, null, Set.of());
    }

    private static String line(SyncEvent event) {
        return event.device().name() + " " + event.type().label();
    }
}
