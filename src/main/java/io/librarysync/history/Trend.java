package io.librarysync.history;

import io.librarysync.metrics.Activity;
import io.librarysync.metrics.Activity.Work;
import java.time.Duration;
import java.util.List;

/**
 * What a device has done lately.
 *
 * @param span up to now, long enough to tell a pace from
 * @param done in that span
 * @param steps what was done in each of the last {@link #STEPS} steps that are over, oldest first; shorter where the epoch is
 *     younger
 */
public record Trend(Duration span, Activity done, List<Activity> steps) {
    /** How long a step is. */
    public static final Duration STEP = Duration.ofSeconds(10);

    /** How many steps are looked back at. */
    public static final int STEPS = 30;

    private static final double NANOS_PER_SECOND = 1e9;

    public Trend {
        steps = List.copyOf(steps);
    }

    /** The mean pace over the span. */
    public double perSecond(Work work) {
        return done.of(work) * NANOS_PER_SECOND / span.toNanos();
    }

    /** One kind of work, step by step. */
    public List<Long> steps(Work work) {
        return steps.stream().map(step -> step.of(work)).toList();
    }
}
