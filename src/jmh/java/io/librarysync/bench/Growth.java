package io.librarysync.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What was measured at growing counts of one thing.
 *
 * @param of what was counted, such as devices
 * @param besides what stayed the same
 * @param cap above how many all are counted as one
 * @param points by rising count
 */
record Growth(String of, String besides, int cap, List<Point> points) {

    /** What grows. */
    enum Quantity {
        MEMORY("memory", "KB"),
        SNAPSHOT("snapshot", "ms"),
        JSON("JSON of it", "ms"),
        JSON_SIZE("size of the JSON", "KB"),
        SCRAPE("scrape", "ms"),
        PAGE_SIZE("size of the scraped page", "KB"),
        SAMPLE("sample for the history", "ms"),
        SAMPLE_SIZE("size of the sample", "KB");

        private final String words;
        private final String unit;

        Quantity(String words, String unit) {
            this.words = words;
            this.unit = unit;
        }

        String words() {
            return words;
        }

        String unit() {
            return unit;
        }

        /** Whether it is a time; else it is a size. */
        boolean isTime() {
            return unit.equals("ms");
        }
    }

    /** All quantities at one count, in their units. */
    record Point(int count, Map<Quantity, Double> values) {
        Point {
            values = new EnumMap<>(values);
        }

        double value(Quantity quantity) {
            return Objects.requireNonNull(values.get(quantity));
        }
    }

    Growth {
        points = List.copyOf(points);
    }

    Growth with(Point point) {
        List<Point> more = new ArrayList<>(points);
        more.add(point);
        return new Growth(of, besides, cap, more);
    }

    /** The law up to the cap. */
    PowerLaw law(Quantity quantity) {
        return PowerLaw.through(points.stream()
                .filter(point -> point.count() <= cap)
                .map(point -> new PowerLaw.Point(point.count(), point.value(quantity)))
                .toList());
    }
}
