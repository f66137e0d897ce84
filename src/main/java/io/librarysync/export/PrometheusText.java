package io.librarysync.export;

import io.librarysync.metrics.Capture;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A page that Prometheus scrapes, in one of its two text formats. */
public record PrometheusText(String contentType, String body) {
    private static final ExpositionFormatWriter OPEN_METRICS = OpenMetricsTextFormatWriter.create();
    private static final ExpositionFormatWriter TEXT = PrometheusTextFormatWriter.create();

    /**
     * The page of a run.
     *
     * @param accept what the client takes, as in the HTTP header: OpenMetrics if it is named, else Prometheus' own format
     */
    public static PrometheusText of(Capture run, @Nullable String accept) {
        ExpositionFormatWriter writer = OPEN_METRICS.accepts(accept) ? OPEN_METRICS : TEXT;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out, PrometheusMetrics.of(run));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // nothing is written to but memory
        }
        return new PrometheusText(writer.getContentType(), out.toString(StandardCharsets.UTF_8));
    }
}
