package io.librarysync.testing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;

/** The way from one device to another: its faults, and exactly what went lost on it and what arrived twice. */
final class Lane {
    private final ManualScheduler scheduler;
    private final Queue<Runnable> line = new ArrayDeque<>();
    private Faults faults = Faults.NONE;
    private SplittableRandom chance = new SplittableRandom(0);
    private long lastDueNanos;
    private long cuts;
    private int onTheWay;
    private Traffic lost = Traffic.NONE;
    private Traffic lostPages = Traffic.NONE;
    private Traffic duplicated = Traffic.NONE;

    Lane(ManualScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** From now on these faults, which hit as {@code seed} decides. */
    void disturb(Faults toHave, long seed) {
        faults = toHave;
        chance = new SplittableRandom(seed);
    }

    /** What is on the way now never arrives. */
    void cut() {
        cuts++;
    }

    boolean isReachable() {
        return !faults.unreachable();
    }

    int onTheWay() {
        return onTheWay;
    }

    Traffic lost() {
        return lost;
    }

    Traffic lostPages() {
        return lostPages;
    }

    Traffic duplicated() {
        return duplicated;
    }

    void lose(Payload payload) {
        lost = lost.plus(payload);
        if (payload.isPage()) {
            lostPages = lostPages.plus(payload);
        }
    }

    /** Takes a frame; {@code arrival} says whether somebody was there for it. */
    void carry(Payload payload, Arrival arrival) {
        if (faults.blackHole() || happens(faults.losePercent())) {
            lose(payload);
            return;
        }
        inOrder(payload, arrival);
        if (happens(faults.duplicatePercent())) {
            duplicated = duplicated.plus(payload);
            inOrder(payload, arrival);
        }
    }

    /** Takes an answer, which frames may overtake. */
    void carryAnswer(Payload payload, Arrival arrival) {
        if (faults.blackHole() || faults.unreachable() || happens(faults.loseAnswerPercent())) {
            lose(payload);
            return;
        }
        Runnable landing = landing(payload, arrival);
        long delay = delayNanos();
        if (delay == 0) {
            scheduler.execute(landing);
        } else {
            var unused = scheduler.after(Duration.ofNanos(delay), landing);
        }
    }

    private void inOrder(Payload payload, Arrival arrival) {
        long now = scheduler.nanos();
        long due = Math.max(lastDueNanos, now + delayNanos());
        lastDueNanos = due;
        line.add(landing(payload, arrival));
        Runnable first = () -> line.remove().run();
        if (due <= now) {
            scheduler.execute(first);
        } else {
            var unused = scheduler.after(Duration.ofNanos(due - now), first);
        }
    }

    private Runnable landing(Payload payload, Arrival arrival) {
        long cutsBefore = cuts;
        onTheWay++;
        return () -> {
            onTheWay--;
            if (cuts != cutsBefore || !arrival.arrive()) {
                lose(payload);
            }
        };
    }

    private boolean happens(int percent) {
        return percent > 0 && chance.nextInt(100) < percent;
    }

    private long delayNanos() {
        long longest = faults.longestDelay().toMillis();
        return longest == 0
                ? 0
                : Duration.ofMillis(chance.nextLong(longest + 1)).toNanos();
    }

    /** The end of the way. */
    interface Arrival {

        /** Hands over; false if nobody is there to take it. */
        boolean arrive();
    }
}
