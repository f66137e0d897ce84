package io.librarysync.scenario;

import io.librarysync.engine.EngineConfig;
import io.librarysync.engine.LibraryModels;
import io.librarysync.engine.LocalChange;
import io.librarysync.testing.Invariants;
import io.librarysync.testing.TestDevice;
import io.librarysync.testing.TestLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What recording costs sync: two whole devices, with real databases, in one process and on one thread make new files, each
 * half of them, and bring them to each other; with metrics on and off in turn (on, off; off, on; …), after a run of each that
 * does not count. Whatever was recorded must balance, and each device must have every file, else the benchmark fails.
 * Arguments: how many changes a run makes (1,000,000) and how many pairs of runs (5).
 */
final class MetricsCostBenchmark {
    private static final int TRANSACTION = 100;
    private static final int WARM_UP = 40_000;
    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** What one run took. {@code bytes} is what both devices sent; without metrics nobody counts it. */
    private record Run(int changes, double seconds, double processorSeconds, long bytes) {

        double changesPerSecond() {
            return changes / seconds;
        }

        double changesPerProcessorSecond() {
            return changes / processorSeconds;
        }
    }

    /** The same work with metrics on and off, one right after the other. */
    private record Pair(Run on, Run off) {

        double ratio(ToDoubleFunction<Run> throughput) {
            return throughput.applyAsDouble(on) / throughput.applyAsDouble(off);
        }
    }

    private MetricsCostBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        int changes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int pairs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        run(WARM_UP, true);
        run(WARM_UP, false);
        System.out.printf("%4s  %12s  %12s  %8s  %14s%n", "pair", "on, 1/s", "off, 1/s", "on/off", "on/off by CPU");
        List<Pair> measured = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            Pair pair = pair(changes, i % 2 == 0);
            measured.add(pair);
            System.out.printf(
                    "%4d  %,12.0f  %,12.0f  %8.3f  %14.3f%n",
                    i + 1,
                    pair.on().changesPerSecond(),
                    pair.off().changesPerSecond(),
                    pair.ratio(Run::changesPerSecond),
                    pair.ratio(Run::changesPerProcessorSecond));
        }
        printSummary(measured);
    }

    private static Pair pair(int changes, boolean onFirst) throws IOException {
        Run first = run(changes, onFirst);
        Run second = run(changes, !onFirst);
        return onFirst ? new Pair(first, second) : new Pair(second, first);
    }

    private static void printSummary(List<Pair> pairs) {
        print("changes per second, on", pairs, pair -> pair.on().changesPerSecond());
        print("changes per second, off", pairs, pair -> pair.off().changesPerSecond());
        print("throughput on/off", pairs, pair -> pair.ratio(Run::changesPerSecond));
        print("throughput on/off, by processor time", pairs, pair -> pair.ratio(Run::changesPerProcessorSecond));
        print(
                "bytes per change",
                pairs,
                pair -> (double) pair.on().bytes() / pair.on().changes());
    }

    private static void print(String what, List<Pair> pairs, ToDoubleFunction<Pair> value) {
        double[] sorted = pairs.stream().mapToDouble(value).sorted().toArray();
        System.out.printf(
                "%-38s median %,12.3f   from %,12.3f to %,12.3f%n",
                what, sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }

    private static Run run(int changes, boolean recorded) throws IOException {
        Path directory = Files.createTempDirectory("metrics-cost");
        try (TestLibrary library = new TestLibrary(directory, EngineConfig.defaults(), recorded)) {
            TestDevice one = library.start("one");
            TestDevice other = library.start("other");
            library.connect(one, other);
            one.addLocation();
            other.addLocation();
            library.settle();
            return measured(library, one, other, changes);
        } finally {
            delete(directory);
        }
    }

    private static Run measured(TestLibrary library, TestDevice one, TestDevice other, int changes) {
        long bytesBefore = sent(one) + sent(other);
        System.gc();
        long started = System.nanoTime();
        long startedProcessor = THREADS.getCurrentThreadCpuTime();
        for (int made = 0; made < changes; made += 2 * TRANSACTION) {
            commit(one, made);
            commit(other, made);
            library.scheduler().advance(BETWEEN);
        }
        library.settle();
        double processor = (THREADS.getCurrentThreadCpuTime() - startedProcessor) / 1e9;
        double seconds = (System.nanoTime() - started) / 1e9;
        int rounds = (changes + 2 * TRANSACTION - 1) / (2 * TRANSACTION);
        check(library, one, other, rounds * TRANSACTION + 1);
        return new Run(2 * rounds * TRANSACTION, seconds, processor, sent(one) + sent(other) - bytesBefore);
    }

    private static void commit(TestDevice device, int from) {
        List<LocalChange> files = device.files(from, TRANSACTION);
        device.commit(files);
    }

    private static void check(TestLibrary library, TestDevice one, TestDevice other, int entries) {
        for (TestDevice owner : List.of(one, other)) {
            for (TestDevice holder : List.of(one, other)) {
                int found = holder.store().read(reader -> reader.owned(LibraryModels.ENTRY, owner.id())
                        .size());
                require(found == entries, holder.name() + " has " + found + " entries of " + owner.name());
            }
        }
        if (one.metrics().isEnabled()) {
            Invariants.check(library);
            long broadcast = one.snapshot().operations().getBroadcastsSent();
            require(
                    broadcast == other.snapshot().operations().getChangesApplied(),
                    "other did not apply each of the " + broadcast + " changes of one once");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private static long sent(TestDevice device) {
        return device.snapshot().dataVolume().getBytesSent();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(MetricsCostBenchmark::deleteOne);
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
