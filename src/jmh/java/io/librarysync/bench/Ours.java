package io.librarysync.bench;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.SyncClock;
import io.librarysync.instrument.Counter;
import io.librarysync.instrument.Latency;
import io.librarysync.instrument.Metric;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.instrument.MetricRegistry;
import io.librarysync.instrument.View;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SyncMetrics;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** The subjects of the benchmarks on our side. */
final class Ours {
    private static final Member LIBRARY = new Member("library", "Library");
    private static final Member DEVICE = new Member("self", "Self");

    private Ours() {}

    /** A category of two metrics. */
    interface Declared {
        @Metric("What happened")
        long getEvents();

        @Metric(value = "How long it took", kind = Metric.HISTOGRAM, unit = Metric.MILLIS)
        Latency.Summary getDurations();
    }

    /** The instruments alone. */
    static final class Instruments extends MetricGroup<Declared, View> {
        final Counter events = counter(Declared::getEvents);
        final Latency durations = latency(Declared::getDurations);

        Instruments() {
            super(Declared.class, new MetricRegistry());
        }
    }

    static SyncMetrics metrics(List<ModelType> models, boolean enabled) {
        return new SyncMetrics(LIBRARY, DEVICE, SyncClock.system(), models, enabled);
    }

    static List<DeviceId> peers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new DeviceId(new UUID(i * 0x9E3779B97F4A7C15L, i)))
                .toList();
    }

    static List<ModelType> models(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ModelType.deviceOwned("model" + i))
                .toList();
    }
}
