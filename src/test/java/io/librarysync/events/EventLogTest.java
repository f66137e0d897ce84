package io.librarysync.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.domain.DeviceId;
import io.librarysync.metrics.Member;
import io.librarysync.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Events are written later, many at a time, and no trouble with that reaches whoever tells of them. */
class EventLogTest {
    private static final DeviceId PEER = DeviceId.parse("11111111-0000-4000-8000-000000000001");
    private static final EventLog.Settings SETTINGS =
            new EventLog.Settings(3_000, new EventRetention(Duration.ofDays(7), 5_000));

    private final ManualClock clock = new ManualClock();
    private final SyncEvents events = new SyncEvents(new Member("self", "Self"), clock, "run", 10, true);
    private final Kept kept = new Kept();
    private final AtomicInteger refused = new AtomicInteger();
    private final List<String> failures = new ArrayList<>();
    private final EventLog log = new EventLog(kept, clock, SETTINGS, refused::incrementAndGet, failures::add);

    EventLogTest() {
        events.journal().join(log);
    }

    @Test
    void nothingIsWrittenWhileSomebodyTells() {
        connectTimes(3);
        assertThat(kept.batches).isEmpty();

        log.write();
        assertThat(kept.batches).containsExactly(3);
    }

    @Test
    void manyAreWrittenInSeveralBatchesInTheirOrder() {
        connectTimes(2_500);
        log.write();

        assertThat(kept.batches).containsExactly(1_000, 1_000, 500);
        assertThat(kept.numbers())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 2_500).boxed().toList());
    }

    @Test
    void aStoreThatFailsIsTriedAgainAndReportedOnce() {
        kept.failing = true;
        connectTimes(2);
        log.write();
        log.write();
        assertThat(failures).containsExactly("disk full");

        kept.failing = false;
        log.write();
        assertThat(kept.numbers()).containsExactly(1L, 2L);
    }

    @Test
    void whatFindsNoRoomIsRefusedAndCounted() {
        kept.failing = true;
        connectTimes(3_005);
        log.write();
        kept.failing = false;
        log.write();

        assertThat(refused).hasValue(5);
        assertThat(kept.numbers()).hasSize(3_000).endsWith(3_000L);
    }

    @Test
    void whatWaitsIsWrittenAtTheEnd() {
        connectTimes(1);
        log.close();

        assertThat(kept.numbers()).containsExactly(1L);
    }

    @Test
    void manyEventsBringPruningAbout() {
        connectTimes(500);
        log.write();
        assertThat(kept.pruned).isZero();
        connectTimes(1);
        log.write();
        assertThat(kept.pruned).isEqualTo(1);
        log.prune();
        assertThat(kept.pruned).isEqualTo(2);
    }

    private void connectTimes(int times) {
        for (int i = 0; i < times; i++) {
            events.recorder().peerConnected(PEER);
        }
    }

    /** Keeps events in memory, unless it fails. */
    private static final class Kept implements EventStore {
        private final List<SyncEvent> all = new ArrayList<>();
        private final List<Integer> batches = new ArrayList<>();
        private boolean failing;
        private int pruned;

        List<Long> numbers() {
            return all.stream().map(event -> event.id().sequence()).toList();
        }

        @Override
        public void write(List<SyncEvent> events) {
            if (failing) {
                throw new EventArchiveException("disk full", new IllegalStateException());
            }
            all.addAll(events);
            batches.add(events.size());
        }

        @Override
        public void prune(Instant now, EventRetention retention) {
            pruned++;
        }

        @Override
        public List<SyncEvent> find(EventQuery query) {
            return all;
        }

        @Override
        public List<SyncEvent> from(EventId event, int most) {
            return all;
        }
    }
}
