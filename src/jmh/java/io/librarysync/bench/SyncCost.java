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
 * What recording costs sync: two systems of two whole devices, with real databases, in one process and on one thread; each
 * device makes new files and brings them to the other one of its system. One system has metrics on and the other one off, and
 * they take turns of some milliseconds (on, off; off, on; …), so that whatever slows the machine meets both. Whatever was
 * recorded must balance, and each device must have every file, else the benchmark fails. Arguments: how many changes a system
 * makes (50,000) and how many systems of each kind do so, one after the other (21).
 */
public final class SyncCost {
    private static final int CHANGES = 50_000;
    private static final int SYSTEMS = 21;
    private static final int WARM_UP = 40_000;
    private static final double NANOS = 1e9;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** What one turn took. */
    private record Turn(int changes, double seconds, double processorSeconds) {

        double changesPerSecond() {
            return changes / seconds;
        }

        double changesPerProcessorSecond() {
            return changes / processorSeconds;
        }
    }

    /** The same work with metrics on and off, one right after the other. */
    private record Pair(Turn on, Turn off) {

        double ratio(ToDoubleFunction<Turn> throughput) {
            return throughput.applyAsDouble(on) / throughput.applyAsDouble(off);
        }
    }

    private final List<Pair> pairs = new ArrayList<>();
    private final List<Double> bytesPerChange = new ArrayList<>();

    private SyncCost() {}

    public static void main(String[] arguments) throws IOException {
        int changes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : CHANGES;
        int systems = arguments.length > 1 ? Integer.parseInt(arguments[1]) : SYSTEMS;
        new SyncCost().alternate(WARM_UP);
        SyncCost cost = new SyncCost();
        for (int system = 0; system < systems; system++) {
            cost.alternate(changes);
        }
        try (PrintStream out =
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8)) {
            cost.print(out, changes);
        }
    }

    /** A system with metrics and one without make so many changes each. */
    private void alternate(int changes) throws IOException {
        try (SyncWork on = SyncWork.begin(true);
                SyncWork off = SyncWork.begin(false)) {
            long sentBefore = sent(on);
            while (on.changes() < changes) {
                pairs.add(pair(on, off, pairs.size() % 2 == 0));
            }
            for (SyncWork work : List.of(on, off)) {
                work.settle();
                work.check();
            }
            bytesPerChange.add((double) (sent(on) - sentBefore) / on.changes());
        }
    }

    private static Pair pair(SyncWork on, SyncWork off, boolean onFirst) {
        Turn first = turn(onFirst ? on : off);
        Turn second = turn(onFirst ? off : on);
        return onFirst ? new Pair(first, second) : new Pair(second, first);
    }

    private static Turn turn(SyncWork work) {
        int before = work.changes();
        long started = System.nanoTime();
        long startedProcessor = THREADS.getCurrentThreadCpuTime();
        work.round();
        double processor = (THREADS.getCurrentThreadCpuTime() - startedProcessor) / NANOS;
        double seconds = (System.nanoTime() - started) / NANOS;
        return new Turn(work.changes() - before, seconds, processor);
    }

    /** What both devices sent so far; without metrics nobody counts it. */
    private static long sent(SyncWork work) {
        return sent(work.one()) + sent(work.other());
    }

    private static long sent(TestDevice device) {
        return device.snapshot().dataVolume().getBytesSent();
    }

    private void print(PrintStream out, int changes) {
        out.printf(
                Locale.ROOT,
                "%n## %d times two devices, %,d changes each time, with metrics on and off in turns%n%n",
                bytesPerChange.size(),
                changes);
        Spreads spreads = Spreads.begin(out, "of %,d pairs of turns".formatted(pairs.size()));
        spreads.row("changes a second, on", "%,.0f", of(pair -> pair.on().changesPerSecond()));
        spreads.row("changes a second, off", "%,.0f", of(pair -> pair.off().changesPerSecond()));
        spreads.row("on / off", "%.3f", of(pair -> pair.ratio(Turn::changesPerSecond)));
        spreads.row(
                "on / off, by processor time of the thread that syncs",
                "%.3f",
                of(pair -> pair.ratio(Turn::changesPerProcessorSecond)));
        spreads.total("on / off, all turns together", "%.3f", together(Turn::seconds));
        spreads.total("on / off, all turns together, by processor time", "%.3f", together(Turn::processorSeconds));
        spreads.row("bytes a change", "%,.0f", bytesPerChange.stream().mapToDouble(Double::doubleValue));
    }

    private DoubleStream of(ToDoubleFunction<Pair> value) {
        return pairs.stream().mapToDouble(value);
    }

    /** The same changes are made in as many turns of each kind, so their times tell how the throughputs compare. */
    private double together(ToDoubleFunction<Turn> time) {
        return of(pair -> time.applyAsDouble(pair.off())).sum()
                / of(pair -> time.applyAsDouble(pair.on())).sum();
    }
}
