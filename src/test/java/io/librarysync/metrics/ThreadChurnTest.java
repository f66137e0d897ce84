package io.librarysync.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Route;
import io.librarysync.domain.SyncClock;
import io.librarysync.instrument.Distribution;
import io.librarysync.instrument.Latency;
import io.librarysync.record.SyncRecorder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of threads that each record a little and end, so many at a time, while others read and reset. */
class ThreadChurnTest {
    private static final List<ModelType> MODELS = Stream.of("entry", "content", "location")
            .map(ModelType::deviceOwned)
            .toList();
    private static final List<DeviceId> PEERS =
            IntStream.range(0, 4).mapToObj(i -> new DeviceId(new UUID(1, i))).toList();
    private static final int SHORT_LIVED = 1_024;
    private static final int EVENTS = 40;
    private static final int LONGEST_BITS = 44;
    private static final long LONGEST = Distribution.longest(Distribution.OCTAVES - 1);

    private final SyncMetrics metrics = new SyncMetrics(
            new Member("library", "Library"), new Member("self", "Self"), SyncClock.system(), MODELS, true);
    private final SyncRecorder recorder = metrics.recorder();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 16, 64})
    void everythingCountsExactlyOnceWhileOthersReadAndReset(int atATime) throws InterruptedException {
        List<Thread> lanes = IntStream.range(0, atATime)
                .mapToObj(lane -> new Thread(() -> recordByShortLived(lane, atATime)))
                .toList();
        lanes.forEach(Thread::start);
        Totals byEpochs = Totals.NONE;
        while (lanes.stream().anyMatch(Thread::isAlive)) {
            requireAgreement(metrics.capture());
            requireSum(metrics.captureRun());
            byEpochs = byEpochs.plus(closedEpoch());
        }
        for (Thread lane : lanes) {
            lane.join();
        }
        byEpochs = byEpochs.plus(closedEpoch());

        assertThat(byEpochs).isEqualTo(expected());
        assertThat(Totals.of(metrics.captureRun())).isEqualTo(expected());
    }

    /** One after the other, every {@code step}-th of all from {@code first} on. */
    private void recordByShortLived(int first, int step) {
        for (int thread = first; thread < SHORT_LIVED; thread += step) {
            long seed = thread;
            Thread shortLived = new Thread(() -> durations(seed).forEach(nanos -> record(seed, nanos)));
            shortLived.start();
            joined(shortLived);
        }
    }

    private void record(long seed, long nanos) {
        DeviceId peer = PEERS.get((int) (seed % PEERS.size()));
        ModelType model = MODELS.get((int) (seed % MODELS.size()));
        recorder.changesReceived(peer, Route.LIVE, ModelTally.of(model, 1));
        recorder.changeApplied(peer, model, nanos, 1, 1);
    }

    /** Of every size, a few of them negative or beyond the range. */
    private static LongStream durations(long seed) {
        Random random = new Random(seed);
        return LongStream.generate(() -> (random.nextLong() >>> (Long.SIZE - 1 - random.nextInt(LONGEST_BITS))) - 1)
                .limit(EVENTS);
    }

    private Totals closedEpoch() {
        List<Totals> closed = new ArrayList<>();
        metrics.reset((closing, next) -> closed.add(Totals.of(Objects.requireNonNull(closing))));
        return closed.get(0);
    }

    private static void requireAgreement(Capture capture) {
        SyncMetricsSnapshot snapshot = capture.snapshot();
        OperationMetricsMXBean operations = snapshot.operations();
        Distribution distribution = applyLatency(capture);
        Latency.Summary summary = snapshot.performance().getApplyLatency();
        long[] octaves = byOctave(distribution);

        assertThat(operations.getChangesApplied())
                .isLessThanOrEqualTo(operations.getChangesReceived() + open("changes_received", operations));
        assertThat(summary.count())
                .isLessThanOrEqualTo(operations.getChangesApplied() + open("changes_applied", operations));
        assertThat(summary.count())
                .isEqualTo(distribution.count())
                .isEqualTo(Arrays.stream(octaves).sum());
        if (summary.count() > 0) {
            assertThat(nanos(summary.min())).isBetween(shortest(first(octaves)), Distribution.longest(first(octaves)));
            assertThat(nanos(summary.max())).isBetween(shortest(last(octaves)), Distribution.longest(last(octaves)));
            assertThat(List.of(summary.min(), summary.p50(), summary.p95(), summary.p99(), summary.max()))
                    .isSorted();
            assertThat(summary.avg()).isBetween(summary.min(), summary.max());
            assertThat(nanos(summary.sum())).isBetween(least(octaves), most(octaves));
        }
    }

    /** Whatever is in a bucket is in the sum. */
    private static void requireSum(Capture run) {
        Distribution distribution = applyLatency(run);
        assertThat(distribution.sum()).isGreaterThanOrEqualTo(least(byOctave(distribution)));
    }

    /** What had come in before the epoch began and had no outcome by then. */
    private static long open(String account, OperationMetricsMXBean operations) {
        return operations.getOpeningBalance().getOrDefault(account, 0L);
    }

    private static Distribution applyLatency(Capture capture) {
        Map<String, Distribution> whole = capture.distributions().getOrDefault("ApplyLatency", Map.of());
        return Objects.requireNonNull(whole.get(""));
    }

    private static long[] byOctave(Distribution distribution) {
        return IntStream.range(0, Distribution.OCTAVES)
                .mapToLong(distribution::count)
                .toArray();
    }

    /** The least that values of these octaves can sum up to. */
    private static long least(long[] octaves) {
        return IntStream.range(0, octaves.length)
                .mapToLong(octave -> octaves[octave] * shortest(octave))
                .sum();
    }

    /** The most that they can sum up to. */
    private static long most(long[] octaves) {
        return IntStream.range(0, octaves.length)
                .mapToLong(octave -> octaves[octave] * Distribution.longest(octave))
                .sum();
    }

    private static long shortest(int octave) {
        return octave == 0 ? 0 : Distribution.longest(octave - 1) + 1;
    }

    private static int first(long[] octaves) {
        return IntStream.range(0, octaves.length)
                .filter(octave -> octaves[octave] > 0)
                .findFirst()
                .getAsInt();
    }

    private static int last(long[] octaves) {
        return IntStream.range(0, octaves.length)
                .filter(octave -> octaves[octave] > 0)
                .max()
                .getAsInt();
    }

    private static long nanos(@Nullable Double millis) {
        return Math.round(Objects.requireNonNull(millis) * 1e6);
    }

    /** What all threads together record. */
    private static Totals expected() {
        List<Long> all = IntStream.range(0, SHORT_LIVED)
                .mapToObj(ThreadChurnTest::durations)
                .flatMap(LongStream::boxed)
                .map(nanos -> Math.max(0, Math.min(nanos, LONGEST)))
                .toList();
        List<Long> octaves = IntStream.range(0, Distribution.OCTAVES)
                .mapToObj(octave -> all.stream()
                        .filter(nanos -> nanos >= shortest(octave) && nanos <= Distribution.longest(octave))
                        .count())
                .toList();
        return new Totals(
                all.size(), all.size(), all.stream().mapToLong(nanos -> nanos).sum(), octaves);
    }

    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What was counted.
     *
     * @param nanos how long it took to apply all changes
     * @param octaves how many took how long, by octave
     */
    private record Totals(long received, long applied, long nanos, List<Long> octaves) {
        static final Totals NONE = new Totals(0, 0, 0, Collections.nCopies(Distribution.OCTAVES, 0L));

        static Totals of(Capture capture) {
            OperationMetricsMXBean operations = capture.snapshot().operations();
            Distribution distribution = applyLatency(capture);
            return new Totals(
                    operations.getChangesReceived(),
                    operations.getChangesApplied(),
                    distribution.sum(),
                    Arrays.stream(byOctave(distribution)).boxed().toList());
        }

        Totals plus(Totals other) {
            return new Totals(
                    received + other.received,
                    applied + other.applied,
                    nanos + other.nanos,
                    IntStream.range(0, octaves.size())
                            .mapToObj(octave -> octaves.get(octave) + other.octaves.get(octave))
                            .toList());
        }
    }
}
