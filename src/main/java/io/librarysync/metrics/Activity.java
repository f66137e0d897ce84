package io.librarysync.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongBinaryOperator;

/** How much work of each kind a device has done since its epoch began, or over a stretch of time. Immutable. */
public final class Activity {

    /** A kind of work whose pace is worth watching. */
    public enum Work {
        /** Own changes broadcast. */
        BROADCAST,
        /** Changes received. */
        RECEIVED,
        /** Received changes applied. */
        APPLIED,
        /** Received changes rejected. */
        REJECTED,
        /** Payload bytes sent. */
        BYTES_SENT,
        /** Payload bytes received. */
        BYTES_RECEIVED,
        /** Errors. */
        ERRORS
    }

    /** Nothing was done. */
    public static final Activity NONE = new Activity(Map.of());

    private final Map<Work, Long> done;

    /** @param done what is absent is 0 */
    public Activity(Map<Work, Long> done) {
        this.done = Map.copyOf(done);
    }

    /** How much was done of one kind. */
    public long of(Work work) {
        return done.getOrDefault(work, 0L);
    }

    /** What was done after {@code earlier}. */
    public Activity minus(Activity earlier) {
        return with(earlier, (mine, others) -> mine - others);
    }

    /**
     * How it stood between this and {@code later}, if work went on evenly.
     *
     * @param way from 0, which is this, to 1
     */
    public Activity towards(Activity later, double way) {
        return with(later, (mine, others) -> mine + Math.round((others - mine) * way));
    }

    private Activity with(Activity other, LongBinaryOperator operation) {
        Map<Work, Long> result = new EnumMap<>(Work.class);
        for (Work work : Work.values()) {
            result.put(work, operation.applyAsLong(of(work), other.of(work)));
        }
        return new Activity(result);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Activity activity && minus(activity).isNothing();
    }

    @Override
    public int hashCode() {
        return Long.hashCode(of(Work.RECEIVED));
    }

    @Override
    public String toString() {
        return done.toString();
    }

    private boolean isNothing() {
        return done.values().stream().allMatch(count -> count == 0);
    }
}
