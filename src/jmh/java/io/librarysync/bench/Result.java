package io.librarysync.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one benchmark took under one set of conditions. */
record Result(
        String conditions, String type, String method, double score, double error, double allocated, String unit) {
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final double SMALL = 10;
    private static final double WHOLE = 100;

    /** What JMH wrote to a file. */
    static List<Result> in(String file) throws IOException {
        List<Result> results = new ArrayList<>();
        JsonMapper.builder().build().readTree(new File(file)).forEach(run -> results.add(of(run)));
        return results;
    }

    static Result of(JsonNode run) {
        String name = run.path("benchmark").asText();
        String type = name.substring(0, name.lastIndexOf('.'));
        JsonNode primary = run.path("primaryMetric");
        return new Result(
                conditions(run),
                type.substring(type.lastIndexOf('.') + 1),
                name.substring(name.lastIndexOf('.') + 1),
                score(run.path("mode").asText(), primary),
                primary.path("scoreError").asDouble(Double.NaN),
                run.path("secondaryMetrics").path(ALLOCATED).path("score").asDouble(Double.NaN),
                primary.path("scoreUnit").asText());
    }

    private static double score(String mode, JsonNode primary) {
        return mode.equals("sample")
                ? primary.path("scorePercentiles").path("50.0").asDouble()
                : primary.path("score").asDouble();
    }

    private static String conditions(JsonNode run) {
        List<String> conditions = new ArrayList<>();
        int threads = run.path("threads").asInt();
        conditions.add(threads == 1 ? "1 thread" : threads + " threads");
        run.path("params")
                .properties()
                .forEach(parameter -> conditions.add(
                        parameter.getKey() + " " + parameter.getValue().asText()));
        return String.join(", ", conditions);
    }

    /** Three digits or so. */
    static String number(double value) {
        return String.format(Locale.ROOT, value < SMALL ? "%.2f" : value < WHOLE ? "%.1f" : "%,.0f", value);
    }

    /** {@code hdrAtomic} is hdr atomic. */
    static String words(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
