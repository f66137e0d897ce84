package io.librarysync.metrics;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Route;
import io.librarysync.domain.SyncClock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/** What one whole snapshot costs, by the number of devices that ever moved something. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SnapshotBenchmark {
    private static final ModelType ENTRY = ModelType.deviceOwned("entry");

    @Param({"4", "1000"})
    public int devices;

    private final SyncMetrics metrics = new SyncMetrics(
            new Member("library", "Library"), new Member("self", "Self"), SyncClock.system(), List.of(ENTRY), true);

    @Setup
    public void fill() {
        for (int i = 0; i < devices; i++) {
            DeviceId peer = new DeviceId(new UUID(i + 1L, i));
            metrics.recorder().changesReceived(peer, Route.LIVE, ModelTally.of(ENTRY, 1));
            metrics.recorder().changeApplied(peer, ENTRY, 40_000L + i, 1, 1);
        }
    }

    @Benchmark
    public SyncMetricsSnapshot wholeSnapshot() {
        return metrics.snapshot();
    }
}
