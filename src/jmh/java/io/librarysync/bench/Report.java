package io.librarysync.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes Markdown tables of the results that JMH wrote as JSON: a table for each class, a row for each method, a column for
 * each number of threads and set of parameters. The method {@code ours} is what the others of its class are compared with.
 */
public final class Report {
    private static final String NONE = "–";
    private static final double NOTHING_ALLOCATED = 0.5;

    private Report() {}

    public static void main(String[] files) throws IOException {
        Map<String, List<Result>> byType = new LinkedHashMap<>();
        String machine = "";
        IntSummaryStatistics warmUps = new IntSummaryStatistics();
        for (String file : files) {
            for (JsonNode run : JsonMapper.builder().build().readTree(new File(file))) {
                Result result = Result.of(run);
                byType.computeIfAbsent(result.type(), type -> new ArrayList<>()).add(result);
                warmUps.accept(run.path("warmupIterations").asInt());
                machine = machine(run, warmUps);
            }
        }
        try (PrintStream out =
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8)) {
            out.println("All in one run on one machine (" + machine
                    + "): the ratios are what holds elsewhere, the times do not.");
            out.println(
                    "A time is the mean with the half-width of its 99.9 % interval; in brackets how many times ours it is, and what a");
            out.println("call allocates if it allocates. Of requests over HTTP it is the median.");
            byType.forEach((type, results) -> table(type, results, out));
        }
    }

    private static String machine(JsonNode run, IntSummaryStatistics warmUps) {
        return "%s, JMH %s, %s of %d × %s after %s × %s"
                .formatted(
                        "JDK " + run.path("jdkVersion").asText(),
                        run.path("jmhVersion").asText(),
                        run.path("forks").asInt() == 1
                                ? "1 fork"
                                : run.path("forks").asInt() + " forks",
                        run.path("measurementIterations").asInt(),
                        run.path("measurementTime").asText(),
                        warmUps.getMin() == warmUps.getMax()
                                ? warmUps.getMin()
                                : warmUps.getMin() + " to " + warmUps.getMax(),
                        run.path("warmupTime").asText());
    }

    private static void table(String type, List<Result> results, PrintStream out) {
        List<String> columns =
                results.stream().map(Result::conditions).distinct().toList();
        Map<String, Map<String, Result>> rows = results.stream()
                .collect(Collectors.groupingBy(
                        Result::method,
                        LinkedHashMap::new,
                        Collectors.toMap(Result::conditions, result -> result, (first, again) -> again)));
        Map<String, Result> ours = rows.getOrDefault("ours", Map.of());
        out.printf(
                "%n## %s, %s%n%n",
                Result.words(type.replaceFirst("Benchmark$", "")),
                results.get(0).unit());
        out.println("| | " + String.join(" | ", columns) + " |");
        out.println("|---".repeat(columns.size() + 1) + "|");
        rows.forEach((method, cells) -> out.println("| " + Result.words(method) + " | "
                + columns.stream()
                        .map(column -> cell(cells.get(column), ours.get(column)))
                        .collect(Collectors.joining(" | "))
                + " |"));
    }

    private static String cell(@Nullable Result result, @Nullable Result ours) {
        if (result == null) {
            return NONE;
        }
        List<String> notes = new ArrayList<>();
        if (ours != null && !ours.equals(result)) {
            notes.add(Result.number(result.score() / ours.score()) + "×");
        }
        if (result.allocated() > NOTHING_ALLOCATED) {
            notes.add(Result.number(result.allocated()) + " B");
        }
        String spread = Double.isNaN(result.error()) ? "" : " ± " + Result.number(result.error());
        return Result.number(result.score()) + spread + (notes.isEmpty() ? "" : " (" + String.join(", ", notes) + ")");
    }
}
