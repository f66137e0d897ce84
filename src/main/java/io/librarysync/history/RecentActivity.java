package io.librarysync.history;

import io.librarysync.metrics.Activity;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * How the activity of the epoch that lasts grew over the last minutes: a few totals beside each sample, so that a trend needs
 * no sample to be read again. Not thread-safe.
 */
final class RecentActivity {
    private static final long STEP = Trend.STEP.toNanos();

    private final Deque<Point> oldestFirst = new ArrayDeque<>();

    /** How much had been done by a moment of monotonic time. */
    private record Point(long nanos, Activity done) {

        Activity between(Point next, long moment) {
            return done.towards(next.done, (double) (moment - nanos) / (next.nanos - nanos));
        }
    }

    /** An epoch begins, in which nothing was done yet. */
    void begin(long nanos) {
        oldestFirst.clear();
        add(nanos, Activity.NONE);
    }

    void add(long nanos, Activity done) {
        oldestFirst.removeIf(point -> point.nanos == nanos);
        oldestFirst.addLast(new Point(nanos, done));
        dropBefore(nanos - (Trend.STEPS + 1) * STEP);
    }

    /** Keeps one point at or before the moment, so that the first step has a begin. */
    private void dropBefore(long moment) {
        while (oldestFirst.size() > 1 && second().nanos <= moment) {
            oldestFirst.removeFirst();
        }
    }

    private Point second() {
        return oldestFirst.stream().skip(1).findFirst().orElseThrow();
    }

    /** The trend up to now; empty while the epoch is younger than a step. */
    Optional<Trend> trend(long nanos, Activity done) {
        return oldestFirst.stream()
                .filter(point -> nanos - point.nanos >= STEP)
                .reduce((older, newer) -> newer)
                .map(begin -> new Trend(
                        Duration.ofNanos(nanos - begin.nanos), done.minus(begin.done), steps(new Point(nanos, done))));
    }

    /** Steps begin at multiples of their length, so that what is over does not change from one look to the next. */
    private List<Activity> steps(Point now) {
        List<Point> points = new ArrayList<>(oldestFirst);
        points.add(now);
        long end = Math.floorDiv(now.nanos, STEP) * STEP;
        List<Activity> steps = new ArrayList<>();
        for (long begin = end - Trend.STEPS * STEP; begin < end; begin += STEP) {
            if (begin >= points.get(0).nanos) {
                steps.add(at(points, begin + STEP).minus(at(points, begin)));
            }
        }
        return steps;
    }

    private static Activity at(List<Point> points, long moment) {
        int next = 1;
        while (points.get(next).nanos < moment) {
            next++;
        }
        return points.get(next - 1).between(points.get(next), moment);
    }
}
