package io.librarysync.scenario;

import io.librarysync.bench.SyncWork;
import io.librarysync.testing.TestDevice;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What recording costs sync: two whole devices, with real databases, in one process and on one thread make new files, each
 * half of them, and bring them to each other; with metrics on and off in turn (on, off; off, on; …), after a run of each that
 * does not count. Whatever was recorded must balance, and each device must have every file, else the benchmark fails.
 * Arguments: how many changes a run makes (1,000,000) and how many pairs of runs (5).
 */
final class MetricsCostBenchmark {
    private static final int WARM_UP = 40_000;
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
        try (SyncWork work = SyncWork.begin(recorded)) {
            Run run = measured(work, changes);
            work.check();
            return run;
        }
    }

    private static Run measured(SyncWork work, int changes) {
        long bytesBefore = sent(work);
        System.gc();
        long started = System.nanoTime();
        long startedProcessor = THREADS.getCurrentThreadCpuTime();
        while (work.changes() < changes) {
            work.round();
        }
        work.settle();
        double processor = (THREADS.getCurrentThreadCpuTime() - startedProcessor) / 1e9;
        double seconds = (System.nanoTime() - started) / 1e9;
        return new Run(work.changes(), seconds, processor, sent(work) - bytesBefore);
    }

    private static long sent(SyncWork work) {
        return sent(work.one()) + sent(work.other());
    }

    private static long sent(TestDevice device) {
        return device.snapshot().dataVolume().getBytesSent();
    }
}
