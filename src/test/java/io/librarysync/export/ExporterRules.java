package io.librarysync.export;

import io.librarysync.instrument.Metric;
import io.librarysync.instrument.MetricDescription;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.metrics.Category;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules by which jmx_exporter gives our beans the names that they have on {@code /metrics}, out of the declarations. */
final class ExporterRules {
    private static final String BEGIN =
            """
            # Rules for jmx_exporter, for those who run it already. Series are called as on /metrics, which is the better source: it
            # has histograms, and nothing that is unknown. Of a process with several libraries, name one in includeObjectNames.
            # Written by scripts/approve-contract out of the declared metrics.
            includeObjectNames: ["io.librarysync:type=Metrics,*"]
            rules:
            """;
    private static final Map<String, String> QUANTILES =
            new TreeMap<>(Map.of("p50", "0.5", "p95", "0.95", "p99", "0.99"));

    private ExporterRules() {}

    static String file() {
        return BEGIN
                + Stream.of(Category.values())
                        .flatMap(category -> MetricGroup.describe(category.type()).stream()
                                .filter(ExporterRules::isNumber)
                                .map(metric -> rules(category, metric)))
                        .collect(Collectors.joining());
    }

    /** Text, and records with text in them, are left to {@code /metrics}. */
    private static boolean isNumber(MetricDescription metric) {
        boolean isText = metric.kind().equals(Metric.INFO) && !metric.unit().equals(Metric.EPOCH_MILLIS);
        return !metric.flat() && !isText && !metric.attribute().equals("EntriesByDevice");
    }

    private static String rules(Category category, MetricDescription metric) {
        if (!metric.kind().equals(Metric.HISTOGRAM)) {
            String name = PrometheusName.of(metric).text();
            return metric.kind().equals(Metric.COUNTER)
                    ? rule(category, metric, "<>" + metric.attribute(), name + "_total", "COUNTER", "")
                    : rule(category, metric, "<>" + metric.attribute(), name, "GAUGE", "");
        }
        String name = PrometheusName.of(metric).text();
        String path = "<" + metric.attribute() + ">";
        return rule(category, metric, path + "count", name + "_count", "UNTYPED", "")
                + rule(category, metric, path + "sum", name + "_sum", "UNTYPED", "")
                + QUANTILES.entrySet().stream()
                        .map(quantile ->
                                rule(category, metric, path + quantile.getKey(), name, "UNTYPED", quantile.getValue()))
                        .collect(Collectors.joining());
    }

    private static String rule(
            Category category, MetricDescription metric, String path, String name, String type, String quantile) {
        return "  - pattern: '"
                + bean(category, metric) + path + ": (?!-1(?:[.]0)?$).*'\n"
                + "    name: " + name + "\n"
                + "    type: " + type + "\n"
                + "    help: '" + metric.help().replace("'", "''") + "'\n"
                + factor(metric, path)
                + labels(metric, quantile);
    }

    private static String bean(Category category, MetricDescription metric) {
        return "io[.]librarysync<type=Metrics, library=.+?, name=" + category.beanName()
                + (metric.key().isEmpty() ? ">" : ", key=(.*)>");
    }

    /** A count has no unit that would have to become another. */
    private static String factor(MetricDescription metric, String path) {
        double perBase = PrometheusName.of(metric).perBase();
        return perBase == 1 || path.endsWith("count")
                ? ""
                : String.format(Locale.ROOT, "    valueFactor: %s%n", 1 / perBase);
    }

    private static String labels(MetricDescription metric, String quantile) {
        String key = metric.key().isEmpty() ? "" : "      " + metric.key() + ": '$1'\n";
        String share = quantile.isEmpty() ? "" : "      quantile: '" + quantile + "'\n";
        return key.isEmpty() && share.isEmpty() ? "" : "    labels:\n" + key + share;
    }
}
