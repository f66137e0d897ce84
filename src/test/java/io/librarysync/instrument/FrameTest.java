package io.librarysync.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.librarysync.instrument.SeriesKey.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameTest {
    private static final long SEED = 20_261_125;

    private final SeriesCatalogue catalogue = new SeriesCatalogue();

    @Test
    void aFrameComesBackFromItsDifferenceToAnyOther() {
        Random random = new Random(SEED);
        Frame base = Frame.empty(catalogue);
        for (int i = 0; i < 500; i++) {
            Frame frame = randomFrame(random);
            assertThat(numbers(Frame.decode(frame.encode(base), base)))
                    .as("seed %d, frame %d", SEED, i)
                    .isEqualTo(numbers(frame));
            base = frame;
        }
    }

    @Test
    void anEqualFrameTakesNoByte() {
        Frame frame = randomFrame(new Random(SEED));
        assertThat(frame.encode(frame)).isEmpty();
    }

    @Test
    void aNumberThatIsNoLongerKnownIsAbsentAgain() {
        Frame before = frame(builder -> builder.level("lag", 7, "peer"));
        Frame after = frame(builder -> builder.level("drift", 1));
        Frame decoded = Frame.decode(after.encode(before), before);
        assertThat(numbers(decoded)).isEqualTo(Map.of(SeriesKey.of("drift", Part.LEVEL, List.of()), 1L));
    }

    @Test
    void zeroIsNotUnknown() {
        Frame zero = frame(builder -> builder.level("lag", 0, "peer"));
        Frame decoded = Frame.decode(zero.encode(Frame.empty(catalogue)), Frame.empty(catalogue));
        assertThat(numbers(decoded)).containsValue(0L);
    }

    @Test
    void aStretchCountsWhatCameAfterItsBeginAndKeepsTheLevelsOfItsEnd() {
        Frame begin = frame(builder -> {
            builder.count("sent", 10);
            builder.level("queue", 5);
        });
        Frame end = frame(builder -> {
            builder.count("sent", 25);
            builder.count("lost", 1);
            builder.level("queue", 2);
        });
        assertThat(numbers(end.minus(begin))).isEqualTo(numbers(frame(builder -> {
            builder.count("sent", 15);
            builder.count("lost", 1);
            builder.level("queue", 2);
        })));
    }

    @Test
    void twoStretchesAreTheirSum() {
        Frame first = frame(builder -> {
            builder.count("sent", 10);
            builder.count("lost", 3);
            builder.level("queue", 5);
        });
        Frame second = frame(builder -> {
            builder.count("sent", 1);
            builder.level("lag", 9);
        });
        assertThat(numbers(first.plus(second))).isEqualTo(numbers(frame(builder -> {
            builder.count("sent", 11);
            builder.count("lost", 3);
            builder.level("lag", 9);
        })));
    }

    @Test
    void framesOfTwoCataloguesSubtractByWhatTheirNumbersMean() {
        SeriesCatalogue other = new SeriesCatalogue();
        FrameBuilder builder = new FrameBuilder(other);
        builder.count("lost", 1);
        builder.count("sent", 4);
        Frame end = frame(own -> {
            own.count("sent", 10);
            own.count("lost", 3);
        });
        Frame difference = end.minus(builder.build());
        assertThat(difference.value(SeriesKey.of("sent", Part.COUNT, List.of()), -1))
                .isEqualTo(6);
        assertThat(difference.value(SeriesKey.of("lost", Part.COUNT, List.of()), -1))
                .isEqualTo(2);
    }

    @Test
    void bytesThatAreNoFrameAreRefused() {
        Frame known = frame(builder -> builder.count("sent", 10));
        for (byte[] bytes : List.of(new byte[] {2}, new byte[] {100, 2}, new byte[] {-1, -1, -1})) {
            assertThatThrownBy(() -> Frame.decode(bytes, known))
                    .isInstanceOfAny(IllegalArgumentException.class, ArithmeticException.class);
        }
    }

    @Test
    void aCatalogueComesBackFromWhatWasWrittenDown() {
        randomFrame(new Random(SEED));
        List<SeriesCatalogue.Entry> written = new ArrayList<>();
        catalogue
                .after(0)
                .forEach(entry -> written.add(new SeriesCatalogue.Entry(
                        entry.place(), SeriesKey.parse(entry.key().text()))));
        assertThat(SeriesCatalogue.restored(written).after(0)).isEqualTo(catalogue.after(0));
    }

    @Test
    void keysWithAnyTextComeBack() {
        for (String label : List.of("", "a|b", "\\", "a\\|b\n", "🗂", "|", "\\\\|")) {
            SeriesKey key = SeriesKey.of("metric", Part.LEVEL, List.of("peer", label));
            assertThat(SeriesKey.parse(key.text())).isEqualTo(key);
        }
        SeriesKey page = SeriesKey.buckets("latency", List.of("peer"), 31);
        assertThat(SeriesKey.parse(page.text())).isEqualTo(page);
    }

    @Test
    void aDistributionOfAStretchHasItsOwnPercentiles() {
        MetricRegistry registry = new MetricRegistry();
        LatencyFamily family = registry.latencies("latency", List.of("peer"));
        FrameWriter writer = new FrameWriter(registry, catalogue);
        record(family, 1_000_000, 100);
        Frame begin = writer.begin(registry.read()).build();
        record(family, 9_000_000, 100);
        Frame end = writer.begin(registry.read()).build();

        Latency.Summary whole = summary(end);
        Latency.Summary stretch = summary(end.minus(begin));
        Latency.Summary both = summary(begin.plus(end.minus(begin)));

        assertThat(whole.min()).isEqualTo(1.0);
        assertThat(whole.max()).isEqualTo(9.0);
        assertThat(stretch.count()).isEqualTo(100);
        assertThat(stretch.sum()).isEqualTo(900.0);
        assertThat(stretch.p50()).isBetween(8.85, 9.15);
        assertThat(stretch.min()).isBetween(8.7, 9.0);
        assertThat(both.count()).isEqualTo(200);
        assertThat(both.sum()).isEqualTo(whole.sum());
    }

    @Test
    void numbersOfAMetricThatIsGoneAreLeftOut() {
        MetricRegistry registry = new MetricRegistry();
        CounterFamily sent = registry.counters("sent", List.of("peer"));
        Frame frame = frame(builder -> {
            builder.count("sent", 4, "peer");
            builder.count("sent", 4, "peer", "a dimension it had once");
            builder.count("gone", 3);
        });
        Reading reading = registry.restore(frame);
        assertThat(new View(reading, Map.of()).by(sent, "peer")).isEqualTo(Map.of("peer", 4L));
    }

    private static void record(LatencyFamily family, long nanos, int times) {
        for (int i = 0; i < times; i++) {
            family.at("peer").record(nanos);
        }
    }

    private static Latency.Summary summary(Frame frame) {
        MetricRegistry registry = new MetricRegistry();
        LatencyFamily family = registry.latencies("latency", List.of("peer"));
        return new View(registry.restore(frame), Map.of()).distribution(family).summary();
    }

    private Frame frame(java.util.function.Consumer<FrameBuilder> content) {
        FrameBuilder builder = new FrameBuilder(catalogue);
        content.accept(builder);
        return builder.build();
    }

    private Frame randomFrame(Random random) {
        return frame(builder -> {
            for (int i = 0; i < random.nextInt(40); i++) {
                String label = "label" + random.nextInt(30);
                long value = random.nextLong() >> random.nextInt(1, 63);
                if (random.nextBoolean()) {
                    builder.count("metric" + random.nextInt(5), value, label);
                } else {
                    builder.level("level" + random.nextInt(5), value, label, "x");
                }
            }
        });
    }

    private static Map<SeriesKey, Long> numbers(Frame frame) {
        Map<SeriesKey, Long> numbers = new HashMap<>();
        frame.forEach(numbers::put);
        return numbers;
    }
}
