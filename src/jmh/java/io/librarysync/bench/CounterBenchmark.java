package io.librarysync.bench;

import com.codahale.metrics.MetricRegistry;
import io.librarysync.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Adding one to a counter that is held; run it with {@code -t 1}, {@code 2} and {@code 4}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CounterBenchmark {
    private final Counter ours = new Ours.Instruments().events;
    private final AtomicLong atomicLong = new AtomicLong();
    private final LongAdder longAdder = new LongAdder();
    private final com.codahale.metrics.Counter dropwizard = new MetricRegistry().counter("events");
    private final LongCounter openTelemetry = new OpenTelemetryMeter(Aggregation.defaultAggregation())
            .meter()
            .counterBuilder("events")
            .build();
    private final io.prometheus.metrics.core.metrics.Counter prometheus =
            io.prometheus.metrics.core.metrics.Counter.builder().name("events").register(new PrometheusRegistry());
    private final io.micrometer.core.instrument.Counter micrometer = new SimpleMeterRegistry().counter("events");
    private final io.micrometer.core.instrument.Counter micrometerPrometheus =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT).counter("events");

    @Benchmark
    public void ours() {
        ours.increment();
    }

    @Benchmark
    public void atomicLong() {
        atomicLong.getAndIncrement();
    }

    @Benchmark
    public void longAdder() {
        longAdder.increment();
    }

    @Benchmark
    public void dropwizard() {
        dropwizard.inc();
    }

    @Benchmark
    public void openTelemetry() {
        openTelemetry.add(1);
    }

    @Benchmark
    public void prometheus() {
        prometheus.inc();
    }

    @Benchmark
    public void micrometer() {
        micrometer.increment();
    }

    @Benchmark
    public void micrometerPrometheus() {
        micrometerPrometheus.increment();
    }
}
