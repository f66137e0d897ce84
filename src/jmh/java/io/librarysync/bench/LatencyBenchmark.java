package io.librarysync.bench;

import com.codahale.metrics.ExponentiallyDecayingReservoir;
import io.librarysync.instrument.Latency;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Recorder;
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
 * Recording one duration, without reading a clock, where percentiles can be asked for afterwards; {@code micrometerTimer}
 * has none. Run it with {@code -t 1}, {@code 2} and {@code 4}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LatencyBenchmark {
    private static final long LONGEST = TimeUnit.HOURS.toNanos(2);
    private static final int DIGITS = 2;
    private static final double NANOS = 1e9;

    private final Latency ours = new Ours.Instruments().durations;
    private final AtomicHistogram hdrAtomic = new AtomicHistogram(LONGEST, DIGITS);
    private final ConcurrentHistogram hdrConcurrent = new ConcurrentHistogram(LONGEST, DIGITS);
    private final Recorder hdrRecorder = new Recorder(LONGEST, DIGITS);
    private final com.codahale.metrics.Histogram dropwizardHistogram =
            new com.codahale.metrics.Histogram(new ExponentiallyDecayingReservoir());
    private final com.codahale.metrics.Timer dropwizardTimer = new com.codahale.metrics.Timer();
    private final LongHistogram openTelemetryExplicit = openTelemetry(Aggregation.explicitBucketHistogram());
    private final LongHistogram openTelemetryExponential = openTelemetry(Aggregation.base2ExponentialBucketHistogram());
    private final Histogram prometheusClassic =
            Histogram.builder().name("durations").classicOnly().build();
    private final Histogram prometheusNative =
            Histogram.builder().name("durations").nativeOnly().build();
    private final Timer micrometerTimer = new SimpleMeterRegistry().timer("durations");
    private final Timer micrometerPercentiles =
            Timer.builder("durations").publishPercentiles(0.5, 0.95, 0.99).register(new SimpleMeterRegistry());
    private final Timer micrometerPrometheus = Timer.builder("durations")
            .publishPercentileHistogram()
            .register(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));

    private static LongHistogram openTelemetry(Aggregation aggregation) {
        return new OpenTelemetryMeter(aggregation)
                .meter()
                .histogramBuilder("durations")
                .ofLongs()
                .build();
    }

    /** What drawing the next duration costs, which is in all others too. */
    @Benchmark
    public long nothing(Durations durations) {
        return durations.nextNanos();
    }

    @Benchmark
    public void ours(Durations durations) {
        ours.record(durations.nextNanos());
    }

    @Benchmark
    public void hdrAtomic(Durations durations) {
        hdrAtomic.recordValue(durations.nextNanos());
    }

    @Benchmark
    public void hdrConcurrent(Durations durations) {
        hdrConcurrent.recordValue(durations.nextNanos());
    }

    @Benchmark
    public void hdrRecorder(Durations durations) {
        hdrRecorder.recordValue(durations.nextNanos());
    }

    @Benchmark
    public void dropwizardHistogram(Durations durations) {
        dropwizardHistogram.update(durations.nextNanos());
    }

    @Benchmark
    public void dropwizardTimer(Durations durations) {
        dropwizardTimer.update(durations.nextNanos(), TimeUnit.NANOSECONDS);
    }

    @Benchmark
    public void openTelemetryExplicit(Durations durations) {
        openTelemetryExplicit.record(durations.nextNanos());
    }

    @Benchmark
    public void openTelemetryExponential(Durations durations) {
        openTelemetryExponential.record(durations.nextNanos());
    }

    @Benchmark
    public void prometheusClassic(Durations durations) {
        prometheusClassic.observe(durations.nextNanos() / NANOS);
    }

    @Benchmark
    public void prometheusNative(Durations durations) {
        prometheusNative.observe(durations.nextNanos() / NANOS);
    }

    @Benchmark
    public void micrometerTimer(Durations durations) {
        micrometerTimer.record(durations.nextNanos(), TimeUnit.NANOSECONDS);
    }

    @Benchmark
    public void micrometerPercentiles(Durations durations) {
        micrometerPercentiles.record(durations.nextNanos(), TimeUnit.NANOSECONDS);
    }

    @Benchmark
    public void micrometerPrometheus(Durations durations) {
        micrometerPrometheus.record(durations.nextNanos(), TimeUnit.NANOSECONDS);
    }
}
