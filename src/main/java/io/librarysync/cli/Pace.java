package io.librarysync.cli;

import java.time.Duration;

/**
 * How a device is watched.
 *
 * @param interval from one question to the next
 * @param frames how many to show
 */
record Pace(Duration interval, long frames) {
    static final long ENDLESS = Long.MAX_VALUE;

    private static final Duration LONGEST_RETRY = Duration.ofSeconds(2);

    /** How long after an answer to ask again: sooner than usual if there was none. */
    Duration after(Watched.Answer answer) {
        boolean missed = answer instanceof Watched.Gone && interval.compareTo(LONGEST_RETRY) > 0;
        return missed ? LONGEST_RETRY : interval;
    }
}
