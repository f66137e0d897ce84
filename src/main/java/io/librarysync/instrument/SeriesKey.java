package io.librarysync.instrument;

import java.util.ArrayList;
import java.util.List;

/**
 * Names one number of a system, in this run and in any other: the metric, its labels, and which part of the metric it is.
 *
 * @param metric the name of the metric, unique in its registry
 * @param page which buckets, for {@link Part#BUCKETS}; else 0
 */
public record SeriesKey(String metric, List<String> labels, Part part, int page) {
    private static final char SEPARATOR = '|';
    private static final char ESCAPE = '\\';

    /** What a number of a metric is, and so how it behaves when time goes on. */
    public enum Part {
        /** Counts up inside an epoch. */
        COUNT('c', true),
        /** The sum of a distribution. */
        SUM('s', true),
        /** One page of a distribution's buckets. */
        BUCKETS('b', true),
        /** The largest value of a distribution in its epoch. */
        MAX('x', false),
        /** The smallest one, with its sign turned. */
        NEGATED_MIN('n', false),
        /** What holds at a moment. */
        LEVEL('l', false);

        private final char code;
        private final boolean addsUp;

        Part(char code, boolean addsUp) {
            this.code = code;
            this.addsUp = addsUp;
        }

        /** Whether a stretch of time is the difference of two values, and two stretches are their sum. */
        boolean addsUp() {
            return addsUp;
        }

        /** Whether it is of one epoch and cannot be told of a part of it. */
        boolean isExtreme() {
            return this == MAX || this == NEGATED_MIN;
        }

        private static Part of(char code) {
            for (Part part : values()) {
                if (part.code == code) {
                    return part;
                }
            }
            throw new IllegalArgumentException("no part of a metric is coded " + code);
        }
    }

    public SeriesKey {
        labels = List.copyOf(labels);
    }

    public static SeriesKey of(String metric, Part part, List<String> labels) {
        return new SeriesKey(metric, labels, part, 0);
    }

    static SeriesKey buckets(String metric, List<String> labels, int page) {
        return new SeriesKey(metric, labels, Part.BUCKETS, page);
    }

    /** How many places it takes in a frame. */
    int width() {
        return part == Part.BUCKETS ? Buckets.PER_PAGE : 1;
    }

    /** On one line, such as {@code c|OperationMetrics.ChangesApplied|7d1c…|entry}. */
    public String text() {
        StringBuilder text = new StringBuilder().append(part.code);
        if (part == Part.BUCKETS) {
            text.append(page);
        }
        append(text, metric);
        labels.forEach(label -> append(text, label));
        return text.toString();
    }

    /** Reads what {@link #text()} wrote; anything else is an {@link IllegalArgumentException}. */
    public static SeriesKey parse(String text) {
        List<String> fields = split(text);
        if (fields.size() < 2 || fields.get(0).isEmpty()) {
            throw new IllegalArgumentException("not the key of a series: " + text);
        }
        Part part = Part.of(fields.get(0).charAt(0));
        int page = part == Part.BUCKETS ? Integer.parseInt(fields.get(0).substring(1)) : 0;
        return new SeriesKey(fields.get(1), fields.subList(2, fields.size()), part, page);
    }

    private static void append(StringBuilder text, String field) {
        text.append(SEPARATOR);
        for (int i = 0; i < field.length(); i++) {
            char character = field.charAt(i);
            if (character == SEPARATOR || character == ESCAPE) {
                text.append(ESCAPE);
            }
            text.append(character);
        }
    }

    private static List<String> split(String text) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == SEPARATOR) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                boolean escaped = character == ESCAPE && i + 1 < text.length();
                field.append(escaped ? text.charAt(++i) : character);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
