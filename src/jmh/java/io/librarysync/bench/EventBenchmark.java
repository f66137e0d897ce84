package io.librarysync.bench;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Route;
import io.librarysync.record.SyncRecorder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.sdk.metrics.Aggregation;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the engine reports as a whole: a change applied, a batch received, a page received; by peer and model, durations
 * given, no clock read. The libraries count the change and record how long it took; the moments that we keep beside that, of
 * the newest change and of the last sync, they are spared. Four peers and eight models in turn.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EventBenchmark {
    private static final int PEERS = 4;
    private static final int MODELS = 8;
    private static final long OWNER_MILLIS = 1_000;
    private static final long AT_MILLIS = 2_000;
    private static final AttributeKey<String> PEER = AttributeKey.stringKey("peer");
    private static final AttributeKey<String> MODEL = AttributeKey.stringKey("model");

    private final List<ModelType> models = Ours.models(MODELS);
    private final List<DeviceId> peers = Ours.peers(PEERS);
    private final List<String> peerNames =
            peers.stream().map(DeviceId::toString).toList();
    private final List<ModelTally> tallies =
            models.stream().map(model -> ModelTally.of(model, 100)).toList();
    private final SyncRecorder ours = Ours.metrics(models, true).recorder();
    private final MeterRegistry micrometer = new SimpleMeterRegistry();
    private final OpenTelemetryMeter openTelemetry =
            new OpenTelemetryMeter(Aggregation.base2ExponentialBucketHistogram());
    private final LongCounter applied =
            openTelemetry.meter().counterBuilder("applied").build();
    private final LongHistogram latency =
            openTelemetry.meter().histogramBuilder("latency").ofLongs().build();

    /** Which peer and model are next. */
    @State(Scope.Thread)
    public static class Turn {
        private int next;

        private void turn() {
            next = (next + 1) & (PEERS * MODELS - 1);
        }

        private int peer() {
            return next / MODELS;
        }

        private int model() {
            return next % MODELS;
        }
    }

    @Benchmark
    public void changeApplied(Turn turn, Durations durations) {
        turn.turn();
        ours.changeApplied(
                peers.get(turn.peer()), models.get(turn.model()), durations.nextNanos(), OWNER_MILLIS, AT_MILLIS);
    }

    @Benchmark
    public void changeAppliedMicrometer(Turn turn, Durations durations) {
        turn.turn();
        Tags tags = Tags.of(
                "peer",
                peerNames.get(turn.peer()),
                "model",
                models.get(turn.model()).name());
        micrometer.counter("applied", tags).increment();
        micrometer.timer("latency", tags).record(durations.nextNanos(), TimeUnit.NANOSECONDS);
    }

    @Benchmark
    public void changeAppliedOpenTelemetry(Turn turn, Durations durations) {
        turn.turn();
        Attributes attributes = Attributes.of(
                PEER,
                peerNames.get(turn.peer()),
                MODEL,
                models.get(turn.model()).name());
        applied.add(1, attributes);
        latency.record(durations.nextNanos(), attributes);
    }

    @Benchmark
    public void batchReceived(Turn turn) {
        turn.turn();
        ours.changesReceived(peers.get(turn.peer()), Route.LIVE, tallies.get(turn.model()));
    }

    @Benchmark
    public void pageReceived(Turn turn, Durations durations) {
        turn.turn();
        ours.pageReceived(peers.get(turn.peer()), durations.nextNanos());
    }
}
