package io.librarysync.export;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page in one of Prometheus' text formats, read as strictly as it is written there: anything else is an
 * {@link IllegalArgumentException}.
 *
 * @param types the type of each family by name
 * @param values the number of each series
 */
public record PrometheusPage(Map<String, String> types, Map<Series, Double> values) {
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE|UNIT) ([a-z_]+) (.+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\[\\\\n\"])*)\"(?:,|$)");

    /** What tells one number from all others. */
    public record Series(String name, Map<String, String> labels) {}

    public static PrometheusPage parse(String text) {
        PrometheusPage page = new PrometheusPage(new TreeMap<>(), new LinkedHashMap<>());
        text.lines().filter(line -> !line.equals("# EOF")).forEach(page::take);
        return page;
    }

    public double value(String name, String... labels) {
        Map<String, String> wanted = new TreeMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            wanted.put(labels[i], labels[i + 1]);
        }
        Double value = values.get(new Series(name, wanted));
        if (value == null) {
            throw new AssertionError("no series " + name + wanted);
        }
        return value;
    }

    private void take(String line) {
        Matcher comment = COMMENT.matcher(line);
        if (comment.matches()) {
            if (comment.group(1).equals("TYPE") && types.put(comment.group(2), comment.group(3)) != null) {
                throw new IllegalArgumentException("a second " + line);
            }
            return;
        }
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new IllegalArgumentException("not a sample: " + line);
        }
        Series series = new Series(sample.group(1), labels(sample.group(2), line));
        if (values.put(series, Double.valueOf(sample.group(3).replace("+Inf", "Infinity"))) != null) {
            throw new IllegalArgumentException("a second " + line);
        }
    }

    private static Map<String, String> labels(String text, String line) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text == null ? "" : text);
        int end = 0;
        while (label.find() && label.start() == end) {
            labels.put(label.group(1), unescaped(label.group(2)));
            end = label.end();
        }
        if (text != null && end != text.length()) {
            throw new IllegalArgumentException("not labels: " + line);
        }
        return labels;
    }

    private static String unescaped(String text) {
        return Pattern.compile("\\\\(.)")
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1).equals("n") ? "\n" : found.group(1)));
    }
}
