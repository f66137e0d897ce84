package io.librarysync.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.librarysync.domain.ClockOffset;
import io.librarysync.domain.DeviceId;
import io.librarysync.domain.EventLogAnswer;
import io.librarysync.domain.LoggedEvent;
import io.librarysync.domain.Reach;
import io.librarysync.metrics.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The events of several devices become one story. */
class LibraryEventsTest {
    private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");
    private static final Member SELF = new Member("a", "A");
    private static final DeviceId PEER = new DeviceId(new UUID(0, 1));
    private static final String SESSION = "5b0e41c7-0000-4000-8000-000000000000";
    private static final EventQuery STORY = new EventQuery(EventFilter.ALL, true, 100, 0);
    private static final ClockOffset SAME = new ClockOffset(-2, 2);

    private final List<SyncEvent> own = new ArrayList<>();
    private final List<LoggedEvent> told = new ArrayList<>();

    /** The requests of a pull are 1 ms apart, and the clocks are known to within 2 ms. */
    @ParameterizedTest
    @ValueSource(longs = {-2, -1, 0, 1, 2})
    void aPageFollowsTheRequestForItWhateverTheClocksSay(long wrong) {
        own(0, SyncEventType.BACKFILL_SESSION_STARTED);
        for (int page = 0; page < 3; page++) {
            own(page, SyncEventType.BACKFILL_REQUEST_SENT);
            told(page + wrong, SyncEventType.BACKFILL_REQUEST_RECEIVED);
            told(page + wrong, SyncEventType.BACKFILL_RESPONSE_SENT);
        }
        own(3, SyncEventType.BACKFILL_SESSION_COMPLETED);

        assertThat(types(merged(STORY, SAME)))
                .containsExactly(
                        "backfill_session_started",
                        "backfill_request_sent",
                        "backfill_request_received",
                        "backfill_response_sent",
                        "backfill_request_sent",
                        "backfill_request_received",
                        "backfill_response_sent",
                        "backfill_request_sent",
                        "backfill_request_received",
                        "backfill_response_sent",
                        "backfill_session_completed");
    }

    @Test
    void whatTheClocksTellApartIsInTheOrderOfTime() {
        told(0, SyncEventType.BACKFILL_REQUEST_RECEIVED);
        own(10, SyncEventType.BACKFILL_REQUEST_SENT);
        told(20, SyncEventType.PEER_DISCONNECTED);

        assertThat(types(merged(STORY, SAME)))
                .containsExactly("backfill_request_received", "backfill_request_sent", "peer_disconnected");
    }

    @Test
    void theNewestComeFirstUnlessASessionIsAskedFor() {
        own(0, SyncEventType.METRICS_RESET);
        told(1_010, SyncEventType.PEER_CONNECTED);
        own(20, SyncEventType.PEER_CONNECTED);
        EventQuery second = new EventQuery(EventFilter.ALL, false, 1, 1);
        LibraryEvents all = merged(second, new ClockOffset(1_000, 1_000));

        assertThat(all.events())
                .extracting(SyncEvent::device, SyncEvent::at, SyncEvent::clockOffset)
                .containsExactly(tuple(new Member(PEER.toString(), "B"), NOON.plusMillis(10), Duration.ofSeconds(1)));
        assertThat(all.devices())
                .containsExactly(
                        new LibraryEvents.OfDevice(SELF, Reach.ANSWERED, null, null, 0, false),
                        new LibraryEvents.OfDevice(
                                new Member(PEER.toString(), "B"), Reach.ANSWERED, 1_000L, 0L, 1, false));
    }

    @Test
    void anEventToldTwiceIsShownOnce() {
        told(0, SyncEventType.PEER_CONNECTED);
        told.add(told.get(0));

        assertThat(merged(STORY, SAME).events()).hasSize(1);
    }

    @Test
    void whoTellsOfWhatIsNotKnownHereIsNotBelievedInPart() {
        told(0, SyncEventType.PEER_CONNECTED);
        told.add(new LoggedEvent(
                "run", 9, NOON.toEpochMilli(), "teleported", null, null, List.of(), null, null, null, ""));
        assertThat(merged(STORY, SAME).devices().get(1).reach()).isEqualTo(Reach.CANNOT_SAY);
        assertThat(merged(STORY, SAME).events()).isEmpty();

        told.set(1, new LoggedEvent("", 9, 0, "peer_connected", null, null, List.of(), null, null, null, ""));
        assertThat(merged(STORY, SAME).devices().get(1).reach()).isEqualTo(Reach.CANNOT_SAY);
    }

    @Test
    void aClockWithoutMeasureCorrectsNothing() {
        told(7, SyncEventType.PEER_CONNECTED);
        LibraryEvents all = merged(STORY, ClockOffset.UNKNOWN);

        assertThat(all.events().get(0).at()).isEqualTo(NOON.plusMillis(7));
        assertThat(all.events().get(0).clockOffset()).isNull();
        assertThat(all.devices().get(1).clockOffsetMillis()).isNull();
    }

    @Test
    void aClockIsKnownTheBetterTheMoreItIsReadAndAnewOnceItIsSet() {
        ClockOffset slow = ClockOffset.read(5_100, 1_000, 200);
        assertThat(slow).isEqualTo(new ClockOffset(3_899, 4_101));
        ClockOffset both = slow.and(ClockOffset.read(8_050, 4_000, 10));
        assertThat(both).isEqualTo(new ClockOffset(4_039, 4_051));
        assertThat(both.ahead()).isEqualTo(4_045);
        assertThat(both.error()).isEqualTo(6);
        assertThat(both.and(ClockOffset.read(5_000, 5_000, 0)).ahead()).isZero();
        assertThat(ClockOffset.UNKNOWN.and(slow)).isEqualTo(slow);
    }

    private LibraryEvents merged(EventQuery query, ClockOffset clock) {
        List<SyncEvent> mine = new ArrayList<>(own);
        List<LoggedEvent> theirs = new ArrayList<>(told);
        if (!query.oldestFirst()) {
            Collections.reverse(mine);
            Collections.reverse(theirs);
        }
        return LibraryEvents.of(
                query, SELF, mine, List.of(new EventLogAnswer(PEER, "B", Reach.ANSWERED, clock, theirs, false)));
    }

    private void own(long millis, SyncEventType type) {
        own.add(EventExchange.read(event("own", own.size() + 1, millis, type), SELF));
    }

    private void told(long millis, SyncEventType type) {
        told.add(event("told", told.size() + 1, millis, type));
    }

    private static LoggedEvent event(String run, long number, long millis, SyncEventType type) {
        @Nullable String session = type.label().startsWith("backfill") ? SESSION : null;
        return new LoggedEvent(
                run,
                number,
                NOON.plusMillis(millis).toEpochMilli(),
                type.label(),
                null,
                null,
                List.of(),
                null,
                null,
                session,
                "");
    }

    private static List<String> types(LibraryEvents all) {
        return all.events().stream().map(event -> event.type().label()).toList();
    }
}
