package io.librarysync.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.domain.SyncClock;
import io.librarysync.events.EventArchive;
import io.librarysync.events.EventBook;
import io.librarysync.events.SyncEvents;
import io.librarysync.export.PrometheusPage.Series;
import io.librarysync.history.MetricsHistory;
import io.librarysync.jmx.BeanServer;
import io.librarysync.jmx.SyncMBeans;
import io.librarysync.metrics.SyncMetrics;
import io.prometheus.jmx.JmxCollector;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.management.MalformedObjectNameException;
import org.junit.jupiter.api.Test;

/** What jmx_exporter makes of our beans with the rules that we ship. */
class ExporterRulesTest {
    private static final Path RULES = Path.of("mbeans/prometheus/jmx_exporter.yml");
    private static final double EXACT = 1e-9;

    private final SyncMetrics metrics = EverythingRecorded.metrics("My Library", "Desktop");

    @Test
    void theRulesNameEveryDeclaredNumber() throws IOException {
        if (Boolean.getBoolean("contract.approve")) {
            Files.writeString(RULES, ExporterRules.file());
        }
        assertThat(Files.readString(RULES)).isEqualTo(ExporterRules.file());
    }

    @Test
    void seriesAreThoseOfOurOwnPage() throws IOException, MalformedObjectNameException {
        Map<Series, Double> ours = PrometheusPage.parse(StandardCharsets.UTF_8
                        .decode(PrometheusText.of(metrics.captureRun(), null).body())
                        .toString())
                .values();
        Map<Series, Double> exported = exported();
        Map<Series, String> different = new TreeMap<>(Comparator.comparing(Series::toString));
        exported.forEach((series, value) -> {
            Double expected = ours.get(series);
            if (expected == null || Math.abs(expected - value) > EXACT * Math.abs(expected)) {
                different.put(series, value + " instead of " + expected);
            }
        });

        assertThat(different).isEmpty();
        assertThat(missing(ours, exported.keySet())).isEmpty();
    }

    /** What the exporter lacks, but for what the rules leave to our page, and sums of nothing, which no bean has. */
    private static Set<String> missing(Map<Series, Double> ours, Set<Series> exported) {
        Set<String> names = exported.stream().map(Series::name).collect(Collectors.toSet());
        return ours.entrySet().stream()
                .filter(series ->
                        series.getValue() != 0 || !series.getKey().name().endsWith("_sum"))
                .map(series -> series.getKey().name())
                .filter(name -> !names.contains(name))
                .filter(name -> !name.matches(".*_bucket|.*_info|librarysync_(current_state|metrics_enabled)"
                        + "|librarysync_(peer|model)_.*|librarysync_entries_by_device_.*"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<Series, Double> exported() throws IOException, MalformedObjectNameException {
        SyncEvents events = new SyncEvents(metrics.device(), SyncClock.system(), "run", 1, false);
        SyncMBeans beans = SyncMBeans.register(
                BeanServer.ofProcess(),
                metrics,
                MetricsHistory.none(metrics),
                new EventBook(events.journal(), EventArchive.NONE),
                new SyncMBeans.Options("0", 0));
        try {
            PrometheusRegistry registry = new PrometheusRegistry();
            new JmxCollector(Files.readString(RULES)).register(registry);
            ByteArrayOutputStream page = new ByteArrayOutputStream();
            PrometheusTextFormatWriter.create().write(page, registry.scrape());
            return PrometheusPage.parse(page.toString(StandardCharsets.UTF_8)).values().entrySet().stream()
                    .filter(series -> series.getKey().name().startsWith("librarysync_"))
                    .filter(series -> !isQuantileOfAHistogram(series.getKey()))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        } finally {
            beans.close();
        }
    }

    /** Our own page has buckets for those. */
    private static boolean isQuantileOfAHistogram(Series series) {
        return series.labels().keySet().equals(Set.of("quantile"));
    }
}
