package io.librarysync.metrics;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Route;
import io.librarysync.domain.SyncClock;
import io.librarysync.record.SyncRecorder;
import java.util.List;
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

/** What one event costs the thread that reports it, on and off; run it with {@code -t 2} and {@code -prof gc} too. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RecorderBenchmark {
    private static final ModelType ENTRY = ModelType.deviceOwned("entry");
    private static final ModelTally HUNDRED = ModelTally.of(ENTRY, 100);
    private static final DeviceId PEER = DeviceId.parse("e20b5f31-0000-4000-8000-000000000001");

    @Param({"true", "false"})
    public boolean enabled;

    private SyncRecorder recorder = SyncRecorder.disabled();

    @Setup
    public void start() {
        recorder = new SyncMetrics(
                        new Member("library", "Library"),
                        new Member("self", "Self"),
                        SyncClock.system(),
                        List.of(ENTRY),
                        enabled)
                .recorder();
    }

    @Benchmark
    public void oneCounter() {
        recorder.logAppended(1);
    }

    @Benchmark
    public void oneLatency() {
        recorder.queryRun(40_000);
    }

    @Benchmark
    public void oneChangeApplied() {
        recorder.changeApplied(PEER, ENTRY, 40_000, 1, 1);
    }

    @Benchmark
    public void oneBatchReceived() {
        recorder.changesReceived(PEER, Route.LIVE, HUNDRED);
    }
}
