package io.librarysync.store;

import com.sun.management.OperatingSystemMXBean;
import io.librarysync.export.SnapshotJson;
import io.librarysync.history.BusyDevices;
import io.librarysync.history.History;
import io.librarysync.history.HistorySettings;
import io.librarysync.history.SnapshotStore;
import io.librarysync.metrics.Member;
import io.librarysync.testing.ManualClock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a quarter of an hour of history costs: 90 samples, 15 batches written to {@code metrics.db}, one whole snapshot as
 * JSON. Between two samples a tenth of the devices moves; that is counted too. {@code processorMillis} is what the whole
 * process took of the processor meanwhile, its garbage collector included: 9 seconds are 1 % of one core.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgs = "-Xmx4g")
public class HistoryCostBenchmark {
    private static final Member LIBRARY = new Member("library", "Library");
    private static final Member DEVICE = new Member("self", "Self");
    private static final Duration STEP = Duration.ofSeconds(10);
    private static final int SAMPLES = 90;
    private static final int SAMPLES_IN_A_BATCH = 6;

    @Param("1000")
    public int devices;

    /** How many models are busy on each. */
    @Param({"8", "100"})
    public int active;

    /** Without history only the work is counted that there is to sample: what history costs is the difference. */
    @Param({"true", "false"})
    public boolean sampled;

    /** The processor time of one iteration; the summary of a run shows the sum of all. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Processor {
        private static final OperatingSystemMXBean SYSTEM =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

        public long processorMillis;

        private void spent(long sinceNanos) {
            processorMillis = TimeUnit.NANOSECONDS.toMillis(now() - sinceNanos);
        }

        private static long now() {
            return SYSTEM.getProcessCpuTime();
        }
    }

    private final ManualClock clock = new ManualClock();
    private BusyDevices busy = new BusyDevices(0, 0, clock);
    private @Nullable Path directory;
    private @Nullable SnapshotStore store;
    private @Nullable History history;

    @Setup
    public void fill() throws IOException {
        busy = new BusyDevices(devices, active, clock);
        directory = Files.createTempDirectory("history");
        store = MetricsDatabase.open(directory.resolve("metrics.db"), LIBRARY, DEVICE);
        history = new History(
                busy.metrics(), store, clock, HistorySettings.STANDARD, "run", SnapshotJson::compact, Runnable::run);
        history.begin(Runnable::run);
    }

    @TearDown
    public void close() throws IOException {
        if (history != null && store != null && directory != null) {
            history.close();
            store.close();
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }

    @Benchmark
    public @Nullable History quarterOfAnHour(Processor processor) {
        long started = Processor.now();
        for (int i = 1; i <= SAMPLES && history != null; i++) {
            clock.advance(STEP);
            busy.moveATenth();
            if (sampled) {
                sample(history, i);
            }
        }
        processor.spent(started);
        return history;
    }

    private static void sample(History history, int number) {
        history.sample();
        if (number % SAMPLES_IN_A_BATCH == 0) {
            history.writeSoon();
        }
    }
}
