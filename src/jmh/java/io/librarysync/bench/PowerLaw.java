package io.librarysync.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How something grows: as the count to the power of {@code exponent}. 0 is not at all, 1 is as the count does.
 *
 * @param exponent the slope of the line through the logarithms that has the least squares
 */
record PowerLaw(double exponent) {

    /** A count and what was measured at it, both positive. */
    record Point(double count, double value) {}

    static PowerLaw through(List<Point> points) {
        double count = mean(points, PowerLaw::logOfCount);
        double value = mean(points, PowerLaw::logOfValue);
        double together = mean(points, point -> (logOfCount(point) - count) * (logOfValue(point) - value));
        double alone = mean(points, point -> Math.pow(logOfCount(point) - count, 2));
        return new PowerLaw(together / alone);
    }

    private static double mean(List<Point> points, ToDoubleFunction<Point> of) {
        return points.stream().mapToDouble(of).average().orElse(Double.NaN);
    }

    private static double logOfCount(Point point) {
        return Math.log(point.count());
    }

    private static double logOfValue(Point point) {
        return Math.log(point.value());
    }
}
