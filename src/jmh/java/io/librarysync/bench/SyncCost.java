package io.librarysync.bench;

import io.librarysync.testing.TestDevice;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * What recording costs sync: two whole devices, with real databases, in one process and on one thread make new files, each
 * half of them, and bring them to each other; with metrics on and off in turn (on, off; off, on; …), after a run of each that
 * does not count. Whatever was recorded must balance, and each device must have every file, else the benchmark fails.
 * Arguments: how many changes a run makes (50,000) and how many pairs of runs (21): many short ones, because the speed of a
 * machine changes.
 */
public final class SyncCost {
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

        double bytesPerChange() {
            return (double) bytes / changes;
        }
    }

    /** The same work with metrics on and off, one right after the other. */
    private record Pair(Run on, Run off) {

        double ratio(ToDoubleFunction<Run> throughput) {
            return throughput.applyAsDouble(on) / throughput.applyAsDouble(off);
        }
    }

    private SyncCost() {}

    public static void main(String[] arguments) throws IOException {
        int changes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50_000;
        int pairs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 21;
        run(WARM_UP, true);
        run(WARM_UP, false);
        List<Pair> measured = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            measured.add(pair(changes, i % 2 == 0));
        }
        try (PrintStream out =
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8)) {
            print(out, changes, measured);
        }
    }

    private static Pair pair(int changes, boolean onFirst) throws IOException {
        Run first = run(changes, onFirst);
        Run second = run(changes, !onFirst);
        return onFirst ? new Pair(first, second) : new Pair(second, first);
    }

    private static void print(PrintStream out, int changes, List<Pair> pairs) {
        out.printf(Locale.ROOT, "%n## two devices, %,d changes with metrics on and off%n%n", changes);
        Spreads spreads = Spreads.begin(out, "of " + pairs.size() + " pairs of runs");
        spreads.row("changes a second, on", "%,.0f", of(pairs, pair -> pair.on().changesPerSecond()));
        spreads.row(
                "changes a second, off", "%,.0f", of(pairs, pair -> pair.off().changesPerSecond()));
        spreads.row("on / off", "%.3f", of(pairs, pair -> pair.ratio(Run::changesPerSecond)));
        spreads.row(
                "on / off, by processor time of the thread that syncs",
                "%.3f",
                of(pairs, pair -> pair.ratio(Run::changesPerProcessorSecond)));
        spreads.row("bytes a change", "%,.0f", of(pairs, pair -> pair.on().bytesPerChange()));
    }

    private static DoubleStream of(List<Pair> pairs, ToDoubleFunction<Pair> value) {
        return pairs.stream().mapToDouble(value);
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
