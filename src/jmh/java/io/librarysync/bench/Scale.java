package io.librarysync.bench;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.librarysync.bench.Growth.Point;
import io.librarysync.bench.Growth.Quantity;
import io.librarysync.domain.SyncClock;
import io.librarysync.export.PrometheusText;
import io.librarysync.export.SnapshotJson;
import io.librarysync.history.BusyDevices;
import io.librarysync.instrument.Frame;
import io.librarysync.instrument.SeriesCatalogue;
import io.librarysync.metrics.SampleWriter;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How memory, a snapshot, its JSON, a scrape and a sample for the history grow with the devices and with the models that are
 * known. Times are medians after as long a time of warming up. Written as Markdown, JSON and a chart into a directory.
 */
public final class Scale {
    private static final List<Integer> DEVICES = List.of(10, 100, 1_000, 10_000);
    private static final List<Integer> MODELS = List.of(10, 100, 1_000);
    private static final int CAP = 1_024;
    private static final int MODELS_BESIDES = 100;
    private static final int MODELS_PER_DEVICE = 4;
    private static final int DEVICES_BESIDES = 4;
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int LEAST_RUNS = 5;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double BYTES_PER_KB = 1_024;

    private Scale() {}

    /**
     * Measures and writes.
     *
     * @param arguments the directory
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[0]);
        Growth devices = grow(
                "devices",
                "%d models, of which each device moved %d".formatted(MODELS_BESIDES, MODELS_PER_DEVICE),
                DEVICES,
                count -> new BusyDevices(count, MODELS_BESIDES, MODELS_PER_DEVICE, SyncClock.system()));
        Growth models = grow(
                "models",
                "%d devices, each of which moved every model".formatted(DEVICES_BESIDES),
                MODELS,
                count -> new BusyDevices(DEVICES_BESIDES, count, count, SyncClock.system()));
        write(directory, List.of(devices, models));
    }

    private static Growth grow(String of, String besides, List<Integer> counts, IntFunction<BusyDevices> fill)
            throws InterruptedException {
        inItsOwnThread(() ->
                grownTo(counts.get(counts.size() - 1), fill)); // what is measured first would pay for compiling all
        Growth growth = new Growth(of, besides, CAP, List.of());
        for (int count : counts) {
            growth = growth.with(inItsOwnThread(() -> grownTo(count, fill)));
        }
        return growth;
    }

    /** A thread that goes on keeps the cells that it has recorded to. */
    private static <T> T inItsOwnThread(Callable<T> task) throws InterruptedException {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            return thread.submit(task).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            thread.shutdown();
            thread.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    private static Point grownTo(int count, IntFunction<BusyDevices> fill) throws InterruptedException {
        long before = Heap.used();
        BusyDevices busy = fill.apply(count);
        double memory = (Heap.used() - before) / BYTES_PER_KB;
        Map<Quantity, Double> values = readings(busy);
        values.put(Quantity.MEMORY, memory);
        return new Point(count, values);
    }

    private static Map<Quantity, Double> readings(BusyDevices busy) {
        Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
        SyncMetrics metrics = busy.metrics();
        SyncMetricsSnapshot snapshot = metrics.snapshot();
        values.put(Quantity.SNAPSHOT, millis(() -> {}, metrics::snapshot));
        values.put(Quantity.JSON, millis(() -> {}, () -> SnapshotJson.compact(snapshot)));
        values.put(
                Quantity.JSON_SIZE,
                SnapshotJson.compact(snapshot).getBytes(StandardCharsets.UTF_8).length / BYTES_PER_KB);
        values.put(Quantity.SCRAPE, millis(() -> {}, () -> PrometheusText.of(metrics.captureRun(), null)));
        values.put(
                Quantity.PAGE_SIZE,
                PrometheusText.of(metrics.captureRun(), null).body().remaining() / BYTES_PER_KB);
        Samples samples = new Samples(metrics);
        values.put(Quantity.SAMPLE, millis(busy::moveATenth, samples::next));
        busy.moveATenth();
        values.put(Quantity.SAMPLE_SIZE, samples.next().length / BYTES_PER_KB);
        return values;
    }

    /** Samples, each as the difference to the one before. */
    private static final class Samples {
        private final SyncMetrics metrics;
        private final SampleWriter writer;
        private Frame last;

        Samples(SyncMetrics metrics) {
            SeriesCatalogue catalogue = new SeriesCatalogue();
            this.metrics = metrics;
            this.writer = metrics.sampleWriter(catalogue);
            this.last = Frame.empty(catalogue);
        }

        byte[] next() {
            Frame frame = writer.write(metrics.capture()).frame();
            byte[] difference = frame.encode(last);
            last = frame;
            return difference;
        }
    }

    private static double millis(Runnable before, Supplier<?> task) {
        timed(before, task);
        long[] nanos = timed(before, task);
        Arrays.sort(nanos);
        return nanos[nanos.length / 2] / NANOS_PER_MILLI;
    }

    private static long[] timed(Runnable before, Supplier<?> task) {
        long end = System.nanoTime() + WARM_UP_NANOS;
        LongStream.Builder nanos = LongStream.builder();
        for (int run = 0; run < LEAST_RUNS || System.nanoTime() < end; run++) {
            before.run();
            long start = System.nanoTime();
            Objects.requireNonNull(task.get());
            nanos.add(System.nanoTime() - start);
        }
        return nanos.build().toArray();
    }

    private static void write(Path directory, List<Growth> growths) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("scale.svg"), GrowthChart.of(growths));
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValue(directory.resolve("scale.json").toFile(), growths);
        Files.writeString(
                directory.resolve("scale.md"),
                """
                # Scale

                Written by `scripts/bench Scale`, on a machine with %d processors and JDK %s. Times are medians. How a column
                grows is the exponent of the power law that fits it best: 0 is not at all, 1 is as the count does. Beyond
                1,024 labels devices and models are counted as one, `other`, so the law is that of the counts up to there; what
                still grows after it is what the engine tells of each of its links.

                ![Growth](scale.svg)
                """
                                .formatted(
                                        Runtime.getRuntime().availableProcessors(), System.getProperty("java.version"))
                        + growths.stream().map(Scale::table).collect(Collectors.joining()));
    }

    private static String table(Growth growth) {
        return "%n## %s%n%nWith %s.%n%n".formatted(growth.of(), growth.besides())
                + row(
                        growth.of(),
                        Stream.of(Quantity.values()).map(quantity -> quantity.words() + ", " + quantity.unit()))
                + "|---".repeat(Quantity.values().length + 1) + "|\n"
                + growth.points().stream()
                        .map(point -> row(
                                "%,d".formatted(point.count()),
                                Stream.of(Quantity.values()).map(quantity -> number(point.value(quantity)))))
                        .collect(Collectors.joining())
                + row(
                        "exponent up to 1,000",
                        Stream.of(Quantity.values())
                                .map(quantity -> number(growth.law(quantity).exponent())));
    }

    private static String row(String first, Stream<String> cells) {
        return "| " + first + " | " + cells.collect(Collectors.joining(" | ")) + " |\n";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%,.0f", value);
    }
}
