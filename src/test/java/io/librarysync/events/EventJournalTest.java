package io.librarysync.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Fault;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Session;
import io.librarysync.domain.SessionKind;
import io.librarysync.domain.SyncState;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.record.SyncRecorder;
import io.librarysync.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Events are numbered without a gap, kept for a while, and told to whoever listens. */
class EventJournalTest {
    private static final DeviceId PEER = DeviceId.parse("11111111-0000-4000-8000-000000000001");
    private static final ModelType ENTRY = ModelType.deviceOwned("entry");
    private static final Session SESSION =
            new Session(UUID.fromString("5b0e41c7-0000-4000-8000-000000000000"), SessionKind.BACKFILL);

    private final ManualClock clock = new ManualClock();
    private final SyncEvents events = new SyncEvents(new Member("self", "Self"), clock, "run", 3, true);
    private final SyncRecorder recorder = events.recorder();
    private final EventJournal journal = events.journal();

    @Test
    void theLastFewStayInMemory() {
        connectTimes(5);

        assertThat(numbers(journal.recent())).containsExactly(3L, 4L, 5L);
        assertThat(journal.last()).isEqualTo(5);
    }

    @Test
    void whoJoinsMissesNothingThatIsStillInMemory() {
        connectTimes(3);
        List<SyncEvent> heard = new ArrayList<>();
        heard.addAll(journal.join(heard::add, 1));
        connectTimes(2);

        assertThat(numbers(heard)).containsExactly(2L, 3L, 4L, 5L);
    }

    @Test
    void manyThreadsLeaveNoGap() {
        List<SyncEvent> heard = Collections.synchronizedList(new ArrayList<>());
        journal.join(heard::add);
        IntStream.range(0, 10_000).parallel().forEach(i -> recorder.peerConnected(PEER));

        assertThat(numbers(heard))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 10_000).boxed().toList());
    }

    @Test
    void aQueueThatIsFullDropsTheOldestAndCounts() throws InterruptedException {
        EventQueue queue = new EventQueue(2);
        journal.join(queue);
        connectTimes(5);

        assertThat(numbers(queue.take(Duration.ZERO))).containsExactly(4L, 5L);
        assertThat(queue.dropped()).isEqualTo(3);
        assertThat(queue.take(Duration.ZERO)).isEmpty();
    }

    @Test
    void whatPullsApplyIsSummedUpForThirtySeconds() {
        take(1);
        clock.advance(Duration.ofSeconds(29));
        events.flushDue();
        assertThat(journal.recent()).isEmpty();

        take(2);
        clock.advance(Duration.ofSeconds(1));
        events.flushDue();
        SyncEvent told = journal.recent().get(0);
        assertThat(told.summary()).isEqualTo("3 entry records applied");
        assertThat(told.records()).isEqualTo(3);
        assertThat(told.duration()).isEqualTo(Duration.ofSeconds(30));
        assertThat(told.correlation()).isEqualTo(SESSION.id().toString());
        events.flushDue();
        assertThat(journal.last()).isEqualTo(1);
    }

    @Test
    void tenThousandAreToldAtOnce() {
        take(9_999);
        take(1);

        assertThat(summaries()).containsExactly("10,000 entry records applied");
    }

    @Test
    void aTransitionEndsASum() {
        take(7);
        recorder.stateChanged(SyncState.BACKFILLING, SyncState.CATCHING_UP, "backfill complete");

        assertThat(summaries())
                .containsExactly("7 entry records applied", "Backfilling -> CatchingUp: backfill complete");
    }

    @Test
    void theEndOfTheRunEndsASum() {
        SyncMetrics metrics =
                new SyncMetrics(new Member("library", "Library"), journal.device(), clock, List.of(ENTRY), true);
        take(7);
        events.stopped(metrics);

        assertThat(summaries())
                .containsExactly(
                        "7 entry records applied",
                        "stop, epoch " + metrics.epoch().id());
        assertThat(journal.recent().get(1).type()).isEqualTo(SyncEventType.EPOCH_CLOSED);
    }

    @Test
    void noChangeIsInTwoSumsOrNone() {
        SyncEvents many = new SyncEvents(new Member("self", "Self"), clock, "run", 100_000, true);
        IntStream.range(0, 20_000).parallel().forEach(i -> {
            many.recorder().pageTaken(PEER, SESSION, ModelTally.of(ENTRY, 3));
            if (i % 100 == 0) {
                many.recorder().stateChanged(SyncState.READY, SyncState.CATCHING_UP, "gap");
            }
        });
        many.recorder().sessionClosed(PEER, SESSION, null, 1, 1);

        long told = many.journal().recent().stream()
                .filter(event -> event.type() == SyncEventType.BATCH_INGESTION)
                .flatMap(event -> Stream.ofNullable(event.records()))
                .mapToLong(Long::longValue)
                .sum();
        assertThat(told).isEqualTo(60_000);
    }

    @Test
    void aSessionThatFailedSaysWhyAndHowFarItCame() {
        recorder.sessionOpened(PEER, SESSION, clock.millis());
        take(4);
        recorder.sessionClosed(PEER, SESSION, new Fault("timeout", "no answer in time"), 2_000_000_000L, 5);

        assertThat(summaries())
                .containsExactly(
                        "pulls what this device lacks",
                        "4 entry records applied",
                        "no answer in time (timeout); 4 records");
        assertThat(journal.recent().get(2).type()).isEqualTo(SyncEventType.BACKFILL_SESSION_FAILED);
        assertThat(journal.recent().stream().map(SyncEvent::at)).isSorted();
        assertThat(journal.recent().get(2).duration()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void anIdCanBeReadBack() {
        EventId id = new EventId("0f6c:x", 12);

        assertThat(EventId.parse(id.toString())).isEqualTo(id);
        assertThatThrownBy(() -> EventId.parse("12")).hasMessageContaining("no event has the id \"12\"");
        assertThatThrownBy(() -> EventId.parse("run:-1")).isInstanceOf(IllegalArgumentException.class);
    }

    private void connectTimes(int times) {
        IntStream.range(0, times).forEach(i -> recorder.peerConnected(PEER));
    }

    private void take(int changes) {
        recorder.pageTaken(PEER, SESSION, ModelTally.of(ENTRY, changes));
    }

    private List<String> summaries() {
        return journal.recent().stream().map(SyncEvent::summary).toList();
    }

    private static List<Long> numbers(List<SyncEvent> events) {
        return events.stream().map(event -> event.id().sequence()).toList();
    }
}
