package io.librarysync.bench;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelType;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.record.SyncRecorder;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Whether those who read slow the one who records: so many threads take the whole snapshot of four devices and eight models,
 * each once a second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReadersBenchmark {
    private static final int PEERS = 4;
    private static final int MODELS = 8;
    private static final long NANOS = 40_000;

    @Param({"0", "200"})
    public int readers;

    private final List<ModelType> models = Ours.models(MODELS);
    private final List<DeviceId> peers = Ours.peers(PEERS);
    private final SyncMetrics metrics = Ours.metrics(models, true);
    private final SyncRecorder recorder = metrics.recorder();
    private final ScheduledExecutorService reading = Executors.newScheduledThreadPool(200);
    private int turn;

    @Setup
    public void startReaders() {
        for (int reader = 0; reader < readers; reader++) {
            var unused = reading.scheduleAtFixedRate(metrics::snapshot, 5L * reader, 1_000, TimeUnit.MILLISECONDS);
        }
    }

    @TearDown
    public void stopReaders() {
        reading.shutdownNow();
    }

    @Benchmark
    public void changeApplied() {
        turn++;
        recorder.changeApplied(peers.get(turn % PEERS), models.get(turn % MODELS), NANOS, 1, 1);
    }
}
