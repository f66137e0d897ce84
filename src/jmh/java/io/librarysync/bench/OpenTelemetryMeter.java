package io.librarysync.bench;

import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.util.Collection;

/** A meter whose numbers are read when asked for; without a reader the SDK would record nothing. */
final class OpenTelemetryMeter implements MetricReader {
    private final SdkMeterProvider provider;
    private CollectionRegistration registration = CollectionRegistration.noop();

    OpenTelemetryMeter(Aggregation histograms) {
        provider = SdkMeterProvider.builder()
                .registerView(
                        InstrumentSelector.builder()
                                .setType(InstrumentType.HISTOGRAM)
                                .build(),
                        View.builder().setAggregation(histograms).build())
                .registerView(
                        InstrumentSelector.builder()
                                .setType(InstrumentType.COUNTER)
                                .build(),
                        View.builder().setCardinalityLimit(1_000_000).build())
                .registerMetricReader(this)
                .build();
    }

    Meter meter() {
        return provider.get("bench");
    }

    Collection<MetricData> read() {
        return registration.collectAllMetrics();
    }

    @Override
    public void register(CollectionRegistration collection) {
        registration = collection;
    }

    @Override
    public CompletableResultCode forceFlush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
        return AggregationTemporality.CUMULATIVE;
    }
}
