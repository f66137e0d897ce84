package io.librarysync.history;

import io.librarysync.instrument.Frame;
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
    private @Nullable Bases bases;
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

    /** What the next sample can be the difference to; of the last one the numbers too, so that they are not read again. */
    private record Bases(Sample lasting, Sample medium, Sample last, Frame lastFrame) {}

    SampleChain(Retention retention) {
        this.retention = retention;
    }

    /** From now on samples are of an epoch that began then. */
    void begin(Instant startedAt) {
        at = new Position(0, 0, startedAt);
        bases = null;
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
        Bases next = next(bases, key, taken.frame(), nanos, lasts);
        bases = next;
        return next.last();
    }

    private Bases next(@Nullable Bases from, Sample.Key key, Frame frame, long nanos, boolean lasts) {
        if (lasts
                || from == null
                || nanos - lastingNanos >= retention.longStep().toNanos()) {
            Sample sample = Sample.alone(key, frame);
            lastingNanos = nanos;
            startSteps(nanos);
            return new Bases(sample, sample, sample, frame);
        }
        if (nanos - mediumNanos >= retention.mediumStep().toNanos()) {
            Sample sample =
                    Sample.of(key, Tier.MEDIUM, from.lasting(), from.lasting().frame(), frame);
            startSteps(nanos);
            return new Bases(from.lasting(), sample, sample, frame);
        }
        return new Bases(from.lasting(), from.medium(), step(from, key, frame), frame);
    }

    private Sample step(Bases from, Sample.Key key, Frame frame) {
        if (steps == STEPS) {
            steps = 0;
            return Sample.of(key, Tier.SHORT, from.medium(), from.medium().frame(), frame);
        }
        steps++;
        return Sample.of(key, Tier.SHORT, from.last(), from.lastFrame(), frame);
    }

    private void startSteps(long nanos) {
        mediumNanos = nanos;
        steps = 0;
    }
}
