package io.librarysync.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes what the results of JMH say in short into a document, between two marks. Arguments: the document, and the files with
 * the results.
 */
public final class Claims {
    private static final String BEGIN = "<!-- written by scripts/bench -->\n";
    private static final String END = "<!-- until here -->\n";
    private static final String ONE = "1 thread";
    private static final String TWO = "2 threads";
    private static final String MANY = "1 thread, devices 1000";
    private static final String HEAD =
            "| what | takes | the same with others, and how many times as long |\n|---|---|---|\n";

    private static final List<Claim> ALL = List.of(
            new Claim("add one to a counter", "Counter", ONE, "ours", List.of()),
            new Claim("two threads at once", "Counter", TWO, "ours", List.of()),
            new Claim("record a duration, percentiles included", "Latency", ONE, "ours", List.of("nothing")),
            new Claim("two threads at once", "Latency", TWO, "ours", List.of("nothing")),
            new Claim(
                    "add one to the counter of one of 1,000 devices",
                    "KeyedCounter",
                    "1 thread, keys 1000",
                    "ours",
                    List.of()),
            new Claim(
                    "a change applied: by device and model, its duration, its lag",
                    "Event",
                    ONE,
                    "changeApplied",
                    List.of("batchReceived", "pageReceived")),
            new Claim("the work of a loop while recording is off", "Off", ONE, "workCounted", List.of("workMeasured")),
            new Claim(
                    "everything at one moment, 1,000 devices",
                    "Snapshot",
                    MANY,
                    "frozen",
                    List.of("everyAttribute", "json")),
            new Claim("the page for Prometheus, 1,000 devices", "Scrape", MANY, "ours", List.of("clientWritesOurs")),
            new Claim("the five categories over HTTP, in one request", "BulkRead", ONE, "ours", List.of()));

    private Claims() {}

    /**
     * What a method of ours takes, and the others of its class beside it.
     *
     * @param apart others of the class that measure something else
     */
    private record Claim(String what, String type, String conditions, String ours, List<String> apart) {

        String row(List<Result> results) {
            List<Result> comparable = results.stream().filter(this::isOfIt).toList();
            Result own = comparable.stream()
                    .filter(result -> result.method().equals(ours))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no result of " + type + "." + ours));
            String others = comparable.stream()
                    .filter(result -> !result.equals(own))
                    .map(other -> Result.words(other.method()) + " " + Result.number(other.score() / own.score()) + "×")
                    .collect(Collectors.joining(", "));
            return "| %s | %s %s | %s |%n"
                    .formatted(what, Result.number(own.score()), own.unit().replace("/op", ""), others);
        }

        private boolean isOfIt(Result result) {
            return result.type().equals(type + "Benchmark")
                    && result.conditions().equals(conditions)
                    && !apart.contains(result.method());
        }
    }

    public static void main(String[] arguments) throws IOException {
        Path document = Path.of(arguments[0]);
        List<Result> results = new ArrayList<>();
        for (String file : Arrays.asList(arguments).subList(1, arguments.length)) {
            results.addAll(Result.in(file));
        }
        String rows = ALL.stream().map(claim -> claim.row(results)).collect(Collectors.joining());
        Files.writeString(document, replaced(Files.readString(document), HEAD + rows));
    }

    /** The text with {@code claims} between the marks. */
    private static String replaced(String text, String claims) {
        int from = text.indexOf(BEGIN);
        int to = text.indexOf(END, Math.max(from, 0));
        if (from < 0 || to < 0) {
            throw new IllegalArgumentException("there is no place for claims: " + BEGIN + " … " + END);
        }
        return text.substring(0, from + BEGIN.length()) + claims + text.substring(to);
    }
}
