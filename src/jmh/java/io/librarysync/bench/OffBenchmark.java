package io.librarysync.bench;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelType;
import io.librarysync.metrics.EpochKeeper;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.record.SyncRecorder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Hardly any work, alone and with a measured event around it while recording is off, after it was on and off again. An event
 * that is measured reads the clock, does the work and reports both; off it must do the work and nothing else.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class OffBenchmark {
    private static final ModelType MODEL = Ours.models(1).get(0);
    private static final DeviceId PEER = Ours.peers(1).get(0);
    private static final long STEP = 31;

    private final SyncRecorder recorder = toggled();
    private long value;

    private static SyncRecorder toggled() {
        SyncMetrics metrics = Ours.metrics(List.of(MODEL), true);
        metrics.recorder().changeApplied(PEER, MODEL, 1, 1, 1);
        metrics.disable(EpochKeeper.NONE);
        metrics.enable(EpochKeeper.NONE);
        metrics.recorder().changeApplied(PEER, MODEL, 1, 1, 1);
        metrics.disable(EpochKeeper.NONE);
        return metrics.recorder();
    }

    @Setup
    public void start() {
        value = 1;
    }

    @Benchmark
    public long work() {
        value = value * STEP + 1;
        return value;
    }

    @Benchmark
    public long workCounted() {
        value = value * STEP + 1;
        recorder.ackSent(PEER);
        return value;
    }

    @Benchmark
    public long workMeasured() {
        SyncRecorder current = recorder.current();
        long start = current.nanos();
        value = value * STEP + 1;
        current.changeApplied(PEER, MODEL, current.nanos() - start, 1, 1);
        return value;
    }
}
