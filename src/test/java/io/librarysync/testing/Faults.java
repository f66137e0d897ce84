package io.librarysync.testing;

import java.time.Duration;

/**
 * What goes wrong on the way from one device to another. Frames keep their order whatever happens to them; an answer may be
 * overtaken by a frame.
 *
 * @param unreachable nothing can be sent this way
 * @param blackHole everything sent this way vanishes, answers too
 * @param losePercent of frames that vanish
 * @param loseAnswerPercent of answers that vanish
 * @param duplicatePercent of frames that arrive twice
 * @param longestDelay of frames and answers; each takes its own time up to that
 */
public record Faults(
        boolean unreachable,
        boolean blackHole,
        int losePercent,
        int loseAnswerPercent,
        int duplicatePercent,
        Duration longestDelay) {

    public static final Faults NONE = new Faults(false, false, 0, 0, 0, Duration.ZERO);

    public static Faults ofUnreachable() {
        return new Faults(true, false, 0, 0, 0, Duration.ZERO);
    }

    public static Faults ofBlackHole() {
        return new Faults(false, true, 0, 0, 0, Duration.ZERO);
    }

    public static Faults losing(int framesPercent, int answersPercent) {
        return new Faults(false, false, framesPercent, answersPercent, 0, Duration.ZERO);
    }

    public Faults duplicating(int percent) {
        return new Faults(unreachable, blackHole, losePercent, loseAnswerPercent, percent, longestDelay);
    }

    public Faults delaying(Duration longest) {
        return new Faults(unreachable, blackHole, losePercent, loseAnswerPercent, duplicatePercent, longest);
    }
}
