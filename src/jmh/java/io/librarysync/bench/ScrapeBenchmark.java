package io.librarysync.bench;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Route;
import io.librarysync.domain.SyncClock;
import io.librarysync.events.EventArchive;
import io.librarysync.events.EventBook;
import io.librarysync.events.SyncEvents;
import io.librarysync.export.PrometheusMetrics;
import io.librarysync.export.PrometheusText;
import io.librarysync.history.MetricsHistory;
import io.librarysync.jmx.BeanServer;
import io.librarysync.jmx.SyncMBeans;
import io.librarysync.metrics.SyncMetrics;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.jmx.JmxCollector;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.management.MalformedObjectNameException;
import org.jspecify.annotations.Nullable;
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
 * The text of one scrape, of 100 models and as many devices as said, each of which moved one of the models: ours, what the
 * collector of jmx_exporter makes of all our beans, and a Micrometer registry with a counter and a timer of each device and
 * model, which is less than ours has. What the Prometheus client alone takes to write our page, every family of it ready, is
 * the least that ours can take.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ScrapeBenchmark {
    private static final int MODELS = 100;
    private static final int EVENTS = 100;
    private static final long NANOS = 40_000;

    /** Everything, by the names that the exporter gives by itself. */
    private static final String EXPORTER = "includeObjectNames: ['io.librarysync:*']\nrules: [{pattern: '.*'}]\n";

    @Param({"4", "1000"})
    public int devices;

    private final List<ModelType> models = Ours.models(MODELS);
    private final SyncMetrics ours = Ours.metrics(models, true);
    private final PrometheusRegistry exporter = new PrometheusRegistry();
    private final PrometheusMeterRegistry micrometer = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private MetricSnapshots families = MetricSnapshots.of();
    private @Nullable SyncMBeans beans;

    @Setup
    public void fill() throws MalformedObjectNameException {
        List<DeviceId> peers = Ours.peers(devices);
        for (int i = 0; i < devices; i++) {
            ModelType model = models.get(i % MODELS);
            ours.recorder().changesReceived(peers.get(i), Route.LIVE, ModelTally.of(model, 1));
            ours.recorder().changeApplied(peers.get(i), model, NANOS + i, 1, 1);
            Tags tags = Tags.of("peer", peers.get(i).toString(), "model", model.name());
            micrometer.counter("applied", tags).increment();
            micrometer.timer("latency", tags).record(NANOS, TimeUnit.NANOSECONDS);
        }
        SyncEvents events = new SyncEvents(ours.device(), SyncClock.system(), "run", EVENTS, false);
        SyncMBeans registered = SyncMBeans.register(
                BeanServer.ofProcess(),
                ours,
                MetricsHistory.none(ours),
                new EventBook(events.journal(), EventArchive.NONE),
                new SyncMBeans.Options("0", devices));
        registered.refresh();
        beans = registered;
        families = PrometheusMetrics.of(ours.captureRun());
        new JmxCollector(EXPORTER).register(exporter);
    }

    @TearDown
    public void close() {
        Objects.requireNonNull(beans).close();
    }

    @Benchmark
    public ByteBuffer ours() {
        return PrometheusText.of(ours.captureRun(), null).body();
    }

    @Benchmark
    public byte[] clientWritesOurs() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(out, families);
        return out.toByteArray();
    }

    @Benchmark
    public String jmxExporter() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(out, exporter.scrape());
        return out.toString(StandardCharsets.UTF_8);
    }

    @Benchmark
    public String micrometer() {
        return micrometer.scrape();
    }
}
