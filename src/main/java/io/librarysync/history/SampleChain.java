package io.librarysync.history;

import io.librarysync.metrics.MetricsSample;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Lines up the samples of a run and decides what each is the difference to: mostly the one before it, so that it is small,
 * but never over more than a few steps, so that it is read fast. Not thread-safe.
 */
final class SampleChain {
    private static final int STEPS = 10;

    private final Retention retention;
    private Position at = Position.START;
    private @Nullable Sample last;
    private @Nullable Sample medium;
    private @Nullable Sample lasting;
    private long mediumNanos;
    private long lastingNanos;
    private int steps;

    /** Where the next sample goes. */
    private record Position(long number, int stretch, Instant time) {
        private static final Position START = new Position(0, 0, Instant.MIN);

        Position next(Instant now) {
            return new Position(number + 1, now.isBefore(time) ? stretch + 1 : stretch, now);
        }
    }

    SampleChain(Retention retention) {
        this.retention = retention;
    }

    /** From now on samples are of an epoch that began then. */
    void begin(Instant startedAt) {
        at = new Position(0, 0, startedAt);
        last = null;
        medium = null;
        lasting = null;
    }

    /**
     * The next sample.
     *
     * @param nanos monotonic time, which says when one of a longer life is due
     * @param lasts whether it must be kept as long as any
     */
    Sample append(MetricsSample taken, long nanos, boolean lasts) {
        at = at.next(taken.timestamp());
        Sample.Key key = new Sample.Key(
                taken.epoch().id(), at.number(), taken.timestamp(), at.stretch(), taken.transitions(), taken.errors());
        Sample sample = sample(key, taken, nanos, lasts);
        last = sample;
        return sample;
    }

    private Sample sample(Sample.Key key, MetricsSample taken, long nanos, boolean lasts) {
        if (lasts
                || lasting == null
                || nanos - lastingNanos >= retention.longStep().toNanos()) {
            lasting = Sample.of(key, Tier.LONG, null, taken.frame());
            lastingNanos = nanos;
            return startsSteps(lasting, nanos);
        }
        if (nanos - mediumNanos >= retention.mediumStep().toNanos()) {
            return startsSteps(Sample.of(key, Tier.MEDIUM, lasting, taken.frame()), nanos);
        }
        if (steps == STEPS) {
            steps = 0;
            return Sample.of(key, Tier.SHORT, medium, taken.frame());
        }
        steps++;
        return Sample.of(key, Tier.SHORT, last, taken.frame());
    }

    private Sample startsSteps(Sample sample, long nanos) {
        mediumNanos = nanos;
        steps = 0;
        medium = sample;
        return sample;
    }
}
