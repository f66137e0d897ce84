package io.librarysync.bench;

import io.librarysync.domain.DeviceId;
import io.librarysync.record.SyncRecorder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
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

/**
 * Adding one to the counter of one peer of many, each in turn, found by the peer. Ours is a whole event, by way of the switch
 * and the guard; what the libraries are asked is the counter alone. Run it with {@code -t 1}, {@code 2} and {@code 4}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class KeyedCounterBenchmark {
    private static final AttributeKey<String> PEER = AttributeKey.stringKey("peer");

    @Param({"4", "1000"})
    public int keys;

    private final SyncRecorder ours = Ours.metrics(List.of(), true).recorder();
    private final ConcurrentHashMap<DeviceId, LongAdder> adders = new ConcurrentHashMap<>();
    private final Counter prometheus =
            Counter.builder().name("acks").labelNames("peer").build();
    private final LongCounter openTelemetry = new OpenTelemetryMeter(Aggregation.defaultAggregation())
            .meter()
            .counterBuilder("acks")
            .build();
    private final MeterRegistry micrometer = new SimpleMeterRegistry();
    private List<DeviceId> peers = List.of();
    private List<String> names = List.of();

    /** Which key is next. */
    @State(Scope.Thread)
    public static class Turn {
        private int next;

        private int of(int count) {
            next = next + 1 < count ? next + 1 : 0;
            return next;
        }
    }

    @Setup
    public void draw() {
        peers = Ours.peers(keys);
        names = peers.stream().map(DeviceId::toString).toList();
        peers.forEach(peer -> adders.put(peer, new LongAdder()));
    }

    @Benchmark
    public void ours(Turn turn) {
        ours.ackSent(peers.get(turn.of(keys)));
    }

    @Benchmark
    public void adderInConcurrentMap(Turn turn) {
        LongAdder adder = adders.get(peers.get(turn.of(keys)));
        if (adder != null) {
            adder.increment();
        }
    }

    @Benchmark
    public void prometheus(Turn turn) {
        prometheus.labelValues(names.get(turn.of(keys))).inc();
    }

    @Benchmark
    public void openTelemetry(Turn turn) {
        openTelemetry.add(1, Attributes.of(PEER, names.get(turn.of(keys))));
    }

    @Benchmark
    public void micrometer(Turn turn) {
        micrometer.counter("acks", "peer", names.get(turn.of(keys))).increment();
    }
}
