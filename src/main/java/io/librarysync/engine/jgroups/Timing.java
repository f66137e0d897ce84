package io.librarysync.engine.jgroups;

import java.time.Duration;

/**
 * How long the channel waits.
 *
 * @param join for an answer of other members, before a device takes itself for the first one
 * @param shortestMerge the least time between two looks for members that went their own way
 * @param longestMerge the most; a device that was started again and names no peers is met again after about twice as long,
 *     now and then after five times: both must have looked, and views are compared every 1.6 times as long
 * @param alive between two signs of life
 * @param dead how long a member may give none, if its connection does not break before
 * @param contest how long a device id may be up at one address while another one claims it; a killed process must leave the
 *     view well within it
 */
record Timing(
        Duration join, Duration shortestMerge, Duration longestMerge, Duration alive, Duration dead, Duration contest) {

    static final Timing STANDARD = new Timing(
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(4),
            Duration.ofSeconds(3),
            Duration.ofSeconds(12),
            Duration.ofSeconds(30));
}
