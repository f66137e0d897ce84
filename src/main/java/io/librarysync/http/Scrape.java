package io.librarysync.http;

import com.sun.net.httpserver.HttpExchange;
import io.librarysync.export.PrometheusText;
import io.librarysync.metrics.SyncMetrics;
import java.io.IOException;
import java.util.Set;

/** {@code /metrics}: the whole run for Prometheus, complete before the first byte is sent. */
final class Scrape {
    private final SyncMetrics metrics;

    Scrape(SyncMetrics metrics) {
        this.metrics = metrics;
    }

    void metrics(HttpExchange exchange) throws IOException {
        String accept = exchange.getRequestHeaders().getFirst("Accept");
        SyncApi.answer(exchange, Set.of(), parameters -> {
            PrometheusText page = PrometheusText.of(metrics.captureRun(), accept);
            return Reply.of(page.contentType(), page.body());
        });
    }
}
