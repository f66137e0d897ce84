package io.librarysync.export;

import io.librarysync.metrics.Capture;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A page that Prometheus scrapes, in one of its two text formats.
 *
 * @param body in UTF-8
 */
public record PrometheusText(String contentType, ByteBuffer body) {
    private static final ExpositionFormatWriter OPEN_METRICS = OpenMetricsTextFormatWriter.create();
    private static final ExpositionFormatWriter TEXT = PrometheusTextFormatWriter.create();

    public PrometheusText {
        body = body.asReadOnlyBuffer();
    }

    @Override
    public ByteBuffer body() {
        return body.duplicate();
    }

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
        return new PrometheusText(writer.getContentType(), ByteBuffer.wrap(out.toByteArray()));
    }
}
