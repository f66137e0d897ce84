package io.librarysync.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.librarysync.domain.DeviceId;
import io.librarysync.domain.MessageType;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.RejectReason;
import io.librarysync.domain.Route;
import io.librarysync.domain.SyncClock;
import io.librarysync.record.SyncRecorder;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SyncMetricsConcurrencyTest {
    private static final ModelType ENTRY = ModelType.deviceOwned("entry");
    private static final DeviceId PEER = DeviceId.parse("e20b5f31-0000-4000-8000-000000000001");
    private static final ModelTally ONE = ModelTally.of(ENTRY, 1);
    private static final int WRITERS = 8;

    private final SyncMetrics metrics = new SyncMetrics(
            new Member("library", "Library"), new Member("self", "Self"), SyncClock.system(), List.of(ENTRY), true);
    private final SyncRecorder recorder = metrics.recorder();

    @Test
    void underAThousandResetsNoChangeIsLostOrCountedTwice() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong written = new AtomicLong();
        List<Thread> writers = startWriters(done, written);

        Totals totals = new Totals(0, 0, 0, 0);
        for (int i = 0; i < 1_000; i++) {
            totals = totals.plus(metrics.reset(EpochKeeper.NONE));
        }
        done.set(true);
        for (Thread writer : writers) {
            writer.join();
        }
        totals = totals.plus(metrics.reset(EpochKeeper.NONE));

        assertThat(totals).isEqualTo(new Totals(2 * written.get(), written.get(), written.get(), written.get()));
    }

    @Test
    void noSnapshotShowsMoreOutcomesThanInputsOrADistributionThatContradictsItself() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> writers = startWriters(done, new AtomicLong());
        for (int i = 0; i < 2_000; i++) {
            SyncMetricsSnapshot snapshot = metrics.snapshot();
            OperationMetricsMXBean operations = snapshot.operations();
            assertThat(operations.getChangesApplied() + operations.getChangesRejected())
                    .isLessThanOrEqualTo(operations.getChangesReceived());
            var latency = snapshot.performance().getApplyLatency();
            assertThat(latency.count()).isLessThanOrEqualTo(operations.getChangesApplied());
            if (latency.count() > 0) {
                assertThat(latency.avg()).isBetween(latency.min(), latency.max());
                assertThat(latency.p99()).isBetween(latency.p50(), latency.max());
            }
        }
        done.set(true);
        for (Thread writer : writers) {
            writer.join();
        }
    }

    @Test
    void recordingAllocatesNothing() {
        for (int i = 0; i < 50_000; i++) {
            recordOne(i);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long me = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(me);
        long overhead = threads.getThreadAllocatedBytes(me) - before;

        long start = threads.getThreadAllocatedBytes(me);
        for (int i = 0; i < 100_000; i++) {
            recordOne(i);
        }
        long allocated = threads.getThreadAllocatedBytes(me) - start - overhead;

        assertThat(allocated).as("bytes for 100,000 events").isLessThan(10_000);
    }

    private void recordOne(int i) {
        SyncRecorder now = recorder.current();
        now.frameReceived(PEER, MessageType.STATE_BATCH, 100);
        now.changesReceived(PEER, Route.LIVE, ONE);
        now.changeApplied(PEER, ENTRY, 1_000 + i % 1_000_000, 1_000_000L + i, 2_000_000L + i);
        now.changeRejected(PEER, ENTRY, RejectReason.DUPLICATE, null);
        now.batchDispatched(ONE, i);
        now.batchAddressed(PEER, ONE, i);
        now.batchDelivered(PEER, ONE);
        now.frameSent(PEER, MessageType.RECEIPT, 30);
        now.queryRun(1_000 + i);
    }

    private List<Thread> startWriters(AtomicBoolean done, AtomicLong written) {
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(new Thread(() -> {
                long mine = 0;
                while (!done.get()) {
                    recorder.changesReceived(PEER, Route.LIVE, ModelTally.of(ENTRY, 2));
                    recorder.changeApplied(PEER, ENTRY, 1_000 + mine % 100_000, 1, 1);
                    recorder.changeRejected(PEER, ENTRY, RejectReason.DUPLICATE, null);
                    mine++;
                }
                written.addAndGet(mine);
            }));
        }
        writers.forEach(Thread::start);
        return writers;
    }

    /** What was received, applied, rejected and timed, each in pairs, summed over epochs. */
    private record Totals(long received, long applied, long rejected, long timed) {

        Totals plus(SyncMetricsSnapshot epoch) {
            OperationMetricsMXBean operations = epoch.operations();
            return new Totals(
                    received + operations.getChangesReceived(),
                    applied + operations.getChangesApplied(),
                    rejected + operations.getChangesRejected(),
                    timed + epoch.performance().getApplyLatency().count());
        }
    }
}
