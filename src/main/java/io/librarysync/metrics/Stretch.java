package io.librarysync.metrics;

import io.librarysync.instrument.Frame;
import java.util.List;

/**
 * What happened over a stretch of time, and how everything stood at its end, in a form that outlives the run.
 *
 * @param epoch the one that lasted at the end
 * @param frame what was counted over the stretch, and the levels at its end
 * @param ofEpoch what was counted from the begin of {@code epoch} to the end of the stretch
 * @param history the last transitions in it, oldest first
 * @param recentErrors the last errors in it, newest first
 */
public record Stretch(
        EpochInfo epoch,
        SnapshotWindow window,
        Frame frame,
        Frame ofEpoch,
        List<StateTransition> history,
        List<ErrorEvent> recentErrors) {

    public Stretch {
        history = List.copyOf(history);
        recentErrors = List.copyOf(recentErrors);
    }

    /** Of a device that does not run here. */
    public Capture capture(Member library, Member device) {
        return new StretchReader().capture(this, library, device);
    }
}
