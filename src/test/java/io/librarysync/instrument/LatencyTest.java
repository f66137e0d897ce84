package io.librarysync.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyTest {
    private static final double RELATIVE_ERROR = 0.016;

    private final MetricRegistry registry = new MetricRegistry();
    private final LatencyFamily family = registry.latencies("latency", List.of());
    private final Latency latency = family.at();

    @Test
    void anEmptyDistributionHasNothingButItsCount() {
        assertThat(summary()).isEqualTo(Latency.Summary.EMPTY);
    }

    @Test
    void aSingleValueIsItsOwnMinimumMeanAndMaximum() {
        latency.record(40_000);

        assertThat(summary()).isEqualTo(new Latency.Summary(1, 0.04, 0.04, 0.04, 0.04, 0.04, 0.04, 0.04));
    }

    @Test
    void valuesBeyondTheRangeCountAsItsEnds() {
        latency.record(-5);
        latency.record(Long.MAX_VALUE);

        assertThat(summary().count()).isEqualTo(2);
        assertThat(summary().min()).isZero();
        assertThat(summary().max()).isEqualTo((double) Buckets.HIGHEST / 1e6);
    }

    @Test
    void everyBucketHoldsExactlyItsOwnValues() {
        for (int bucket = 0; bucket < Buckets.COUNT; bucket++) {
            assertThat(Buckets.indexOf(Buckets.lowest(bucket))).isEqualTo(bucket);
            assertThat(Buckets.indexOf(Buckets.highest(bucket))).isEqualTo(bucket);
            if (bucket > 0) {
                assertThat(Buckets.lowest(bucket)).isEqualTo(Buckets.highest(bucket - 1) + 1);
            }
        }
        assertThat(Buckets.highest(Buckets.COUNT - 1)).isEqualTo(Buckets.HIGHEST);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20_260_203})
    void percentilesAreWithinThePromisedErrorOfTheSortedTruth(long seed) {
        RandomGenerator random = new Random(seed);
        long[] truth = random.longs(10_000, 10, 41)
                .map(bits -> TimeUnit.MICROSECONDS.toNanos(1) + (random.nextLong() >>> (64 - bits)))
                .toArray();
        Arrays.stream(truth).forEach(latency::record);
        Arrays.sort(truth);

        Latency.Summary summary = summary();
        assertNear(seed, summary.p50(), truth[4_999]);
        assertNear(seed, summary.p95(), truth[9_499]);
        assertNear(seed, summary.p99(), truth[9_899]);
        assertThat(summary.min()).isEqualTo(millis(truth[0]));
        assertThat(summary.max()).isEqualTo(millis(truth[9_999]));
        assertThat(summary.sum()).isEqualTo(millis(Arrays.stream(truth).sum()));
    }

    @ParameterizedTest
    @MethodSource("adversarial")
    void percentilesOfAwkwardDataAreWithinThePromisedErrorToo(String name, long[] values) {
        Arrays.stream(values).forEach(latency::record);
        long[] truth = Arrays.stream(values).map(Buckets::clamp).sorted().toArray();

        Latency.Summary summary = summary();
        assertThat(summary.count()).as(name).isEqualTo(truth.length);
        assertWithinBucket(name, summary.p50(), truth[(int) Math.ceil(truth.length * 0.50) - 1]);
        assertWithinBucket(name, summary.p95(), truth[(int) Math.ceil(truth.length * 0.95) - 1]);
        assertWithinBucket(name, summary.p99(), truth[(int) Math.ceil(truth.length * 0.99) - 1]);
        assertThat(summary.min()).as(name).isEqualTo(millis(truth[0]));
        assertThat(summary.max()).as(name).isEqualTo(millis(truth[truth.length - 1]));
        assertThat(summary.sum()).as(name).isEqualTo(millis(Arrays.stream(truth).sum()));
    }

    private static Stream<Arguments> adversarial() {
        return Stream.of(
                        Arguments.of(
                                "constant", LongStream.generate(() -> 1_234_567).limit(1_000)),
                        Arguments.of(
                                "bimodal",
                                LongStream.range(0, 1_000).map(i -> i % 2 == 0 ? 1_001 : 3_599_999_999_999L)),
                        Arguments.of("powers of two", LongStream.range(0, 42).map(bit -> 1L << bit)),
                        Arguments.of("just below them", LongStream.range(0, 42).map(bit -> (1L << bit) - 1)),
                        Arguments.of("nothing", LongStream.of(0, 0, 0)),
                        Arguments.of("one nanosecond", LongStream.of(1)),
                        Arguments.of("one hour", LongStream.of(TimeUnit.HOURS.toNanos(1))),
                        Arguments.of("beyond the range", LongStream.of(-1, Long.MIN_VALUE, 1L << 42, Long.MAX_VALUE)))
                .map(named -> Arguments.of(named.get()[0], ((LongStream) named.get()[1]).toArray()));
    }

    /** Below 1 µs buckets are 32 ns wide, whatever share of the value that is. */
    private static void assertWithinBucket(String name, @Nullable Double found, long nanos) {
        double allowed = Math.max(millis(nanos) * RELATIVE_ERROR, millis(16));
        assertThat(found).as(name).isCloseTo(millis(nanos), within(allowed));
    }

    @Test
    void aNewEpochHasItsOwnExtremes() {
        latency.record(5_000_000);
        Reading closed = registry.close();
        latency.record(1_000_000);

        assertThat(new View(closed, Map.of()).distribution(family).summary().max())
                .isEqualTo(5.0);
        Latency.Summary fresh = new View(registry.read().since(closed), Map.of())
                .distribution(family)
                .summary();
        assertThat(fresh).isEqualTo(new Latency.Summary(1, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0));
    }

    @Test
    void extremesThatWereNotRecordedInAWindowAreTheBoundsOfItsBuckets() {
        latency.record(1_000_000);
        Reading before = registry.read();
        latency.record(1_000_000_000);
        registry.close();
        Latency.Summary window = new View(registry.read().since(before), Map.of())
                .distribution(family)
                .summary();

        int bucket = Buckets.indexOf(1_000_000_000);
        assertThat(window.min()).isEqualTo(millis(Buckets.lowest(bucket)));
        assertThat(window.max()).isEqualTo(millis(Buckets.highest(bucket)));
        assertThat(window.avg()).isEqualTo(1_000.0);
    }

    @Test
    void aDistributionTakesMemoryForTheOctavesItHoldsOnly() {
        LatencyFamily byPeer = registry.latencies("by peer", List.of("peer"));
        for (int peer = 0; peer < 1_000; peer++) {
            byPeer.at("peer " + peer).record(40_000);
        }
        View view = new View(registry.read(), Map.of());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long me = Thread.currentThread().getId();

        long before = threads.getThreadAllocatedBytes(me);
        Map<String, Distribution> distributions = view.distributionsBy(byPeer, "peer");
        long allocated = threads.getThreadAllocatedBytes(me) - before;

        assertThat(distributions).hasSize(1_000);
        assertThat(allocated).isLessThan(1_000L * Buckets.COUNT);
    }

    private Latency.Summary summary() {
        return new View(registry.read(), Map.of()).distribution(family).summary();
    }

    private static void assertNear(long seed, @Nullable Double found, long nanos) {
        double expected = millis(nanos);
        assertThat(found).as("seed " + seed).isCloseTo(expected, within(expected * RELATIVE_ERROR));
    }

    private static double millis(long nanos) {
        return (double) nanos / 1e6;
    }
}
