package io.librarysync.bench;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Route;
import io.librarysync.export.SnapshotJson;
import io.librarysync.metrics.Capture;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.metrics.SyncMetricsSnapshot;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Reading everything at one moment, of 100 models and as many devices as said, each of which moved one of the models. Ours is
 * {@code frozen} once it is read: whatever is asked of it later is of that moment; {@code everyAttribute} and {@code json}
 * also compute and write out all of it. The libraries hold a counter and a distribution of each device and model, and nothing
 * of what else we keep.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 10, time = 1)
@org.openjdk.jmh.annotations.Measurement(iterations = 5, time = 1)
@Fork(1)
public class SnapshotBenchmark {
    private static final int MODELS = 100;
    private static final long NANOS = 40_000;
    private static final double NANOS_PER_SECOND = 1e9;

    @Param({"4", "1000"})
    public int devices;

    private final List<ModelType> models = Ours.models(MODELS);
    private final SyncMetrics ours = Ours.metrics(models, true);
    private final PrometheusRegistry prometheus = new PrometheusRegistry();
    private final MeterRegistry micrometer = new SimpleMeterRegistry();
    private final OpenTelemetryMeter openTelemetry =
            new OpenTelemetryMeter(Aggregation.base2ExponentialBucketHistogram());

    @Setup
    public void fill() {
        Counter prometheusApplied =
                Counter.builder().name("applied").labelNames("peer", "model").register(prometheus);
        Histogram prometheusLatency = Histogram.builder()
                .name("latency")
                .labelNames("peer", "model")
                .nativeOnly()
                .register(prometheus);
        LongCounter otelApplied =
                openTelemetry.meter().counterBuilder("applied").build();
        LongHistogram otelLatency =
                openTelemetry.meter().histogramBuilder("latency").ofLongs().build();
        List<DeviceId> peers = Ours.peers(devices);
        for (int i = 0; i < devices; i++) {
            ModelType model = models.get(i % MODELS);
            String peer = peers.get(i).toString();
            ours.recorder().changesReceived(peers.get(i), Route.LIVE, ModelTally.of(model, 1));
            ours.recorder().changeApplied(peers.get(i), model, NANOS + i, 1, 1);
            prometheusApplied.labelValues(peer, model.name()).inc();
            prometheusLatency.labelValues(peer, model.name()).observe(NANOS / NANOS_PER_SECOND);
            Tags tags = Tags.of("peer", peer, "model", model.name());
            micrometer.counter("applied", tags).increment();
            micrometer.timer("latency", tags).record(NANOS, TimeUnit.NANOSECONDS);
            Attributes attributes =
                    Attributes.of(AttributeKey.stringKey("peer"), peer, AttributeKey.stringKey("model"), model.name());
            otelApplied.add(1, attributes);
            otelLatency.record(NANOS, attributes);
        }
    }

    @Benchmark
    public Capture frozen() {
        return ours.capture();
    }

    @Benchmark
    public SyncMetricsSnapshot everyAttribute() {
        return ours.snapshot();
    }

    @Benchmark
    public String json() {
        return SnapshotJson.compact(ours.snapshot());
    }

    @Benchmark
    public MetricSnapshots prometheus() {
        return prometheus.scrape();
    }

    @Benchmark
    public void micrometer(Blackhole hole) {
        for (Meter meter : micrometer.getMeters()) {
            for (Measurement measurement : meter.measure()) {
                hole.consume(measurement.getValue());
            }
        }
    }

    @Benchmark
    public Collection<MetricData> openTelemetry() {
        return openTelemetry.read();
    }
}
