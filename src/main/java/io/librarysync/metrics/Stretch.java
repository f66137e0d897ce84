package io.librarysync.metrics;

import io.librarysync.instrument.Frame;
import io.librarysync.instrument.Reading;
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
        MomentFrame end = new MomentFrame(frame);
        return capture(library, device, true, end.number());
    }

    Capture capture(Member library, Member device, boolean enabled, long number) {
        MomentFrame end = new MomentFrame(frame);
        SyncCells cells = new SyncCells(end.models());
        Reading counted = cells.registry().restore(frame);
        Moment moment = end.moment(device, window.to().toEpochMilli(), history, recentErrors);
        OpenWork opening = new MomentFrame(ofEpoch)
                .opening()
                .plus(unsettledOfEpoch(cells, device))
                .minus(cells.accounts().unsettled(counted, moment));
        return new Capture(
                new Capture.Header(number, enabled, library, epoch, window), cells, counted, moment, opening);
    }

    private OpenWork unsettledOfEpoch(SyncCells cells, Member device) {
        Moment end = new MomentFrame(ofEpoch).moment(device, window.to().toEpochMilli(), List.of(), List.of());
        return cells.accounts().unsettled(cells.registry().restore(ofEpoch), end);
    }
}
