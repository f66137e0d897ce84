package io.librarysync.history;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Route;
import io.librarysync.domain.SyncClock;
import io.librarysync.domain.SyncState;
import io.librarysync.instrument.SeriesCatalogue;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SampleWriter;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.record.SyncLevels;
import io.librarysync.record.SyncRecorder;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one sample costs: reading everything, writing it as a frame and as the difference to the sample before. Every device
 * has moved records of {@code active} models, out of 100 known ones; between two samples a tenth of the devices moves.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgs = "-Xmx4g")
public class SamplingBenchmark {
    private static final int MODELS = 100;

    @Param({"4", "1000"})
    public int devices;

    @Param({"8", "100"})
    public int active;

    private final SyncClock clock = SyncClock.system();
    private final SampleChain chain = new SampleChain(Retention.STANDARD);
    private List<ModelType> models = List.of();
    private List<DeviceId> peers = List.of();
    private SyncMetrics metrics = new SyncMetrics(new Member("", ""), new Member("", ""), clock, List.of(), true);
    private SampleWriter writer = metrics.sampleWriter(new SeriesCatalogue());
    private int round;

    @Setup
    public void fill() {
        models = IntStream.range(0, MODELS)
                .mapToObj(i -> ModelType.deviceOwned("model" + i))
                .toList();
        peers = IntStream.range(0, devices)
                .mapToObj(i -> new DeviceId(new UUID(i + 1L, i)))
                .toList();
        metrics = new SyncMetrics(new Member("library", "Library"), new Member("self", "Self"), clock, models, true);
        metrics.readLevelsFrom(this::levels);
        writer = metrics.sampleWriter(new SeriesCatalogue());
        peers.forEach(this::move);
        oneSample(); // the first one also enters every series into the catalogue
    }

    /** What happens between two samples is no part of their cost. */
    @Setup(Level.Invocation)
    public void moveATenth() {
        round++;
        for (int i = round % 10; i < devices; i += 10) {
            move(peers.get(i));
        }
    }

    @Benchmark
    public Sample oneSample() {
        return chain.append(writer.write(metrics.capture()), clock.nanos(), false);
    }

    private void move(DeviceId peer) {
        SyncRecorder recorder = metrics.recorder();
        for (ModelType model : models.subList(0, active)) {
            recorder.changesReceived(peer, Route.LIVE, ModelTally.of(model, 1));
            recorder.changeApplied(peer, model, 40_000L + round % 1_000, 1, 1);
        }
    }

    private SyncLevels levels() {
        return new SyncLevels(
                SyncState.READY,
                null,
                null,
                Map.of(),
                null,
                0,
                peers.stream().map(this::link).toList());
    }

    private SyncLevels.Link link(DeviceId peer) {
        return new SyncLevels.Link(
                peer,
                "device",
                true,
                true,
                SyncState.READY,
                false,
                0,
                0,
                Map.of(),
                Map.of(),
                Map.of(),
                2.0 + round % 7,
                0L);
    }
}
