package io.librarysync.metrics;

import io.librarysync.domain.ModelType;
import io.librarysync.instrument.FrameReader;
import io.librarysync.instrument.Reading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes captures of stretches of time. Of stretches that follow one another it makes them faster: they share their cells as
 * long as no series and no model comes or goes. For one thread.
 */
public final class StretchReader {
    private @Nullable Cells latest;

    /** Cells that frames of the same series are read into. */
    private record Cells(SyncCells cells, FrameReader frames, List<ModelType> models) {

        static Cells of(List<ModelType> models) {
            SyncCells cells = new SyncCells(models);
            return new Cells(cells, cells.registry().frameReader(), models);
        }
    }

    /** Of a device that does not run here. */
    public Capture capture(Stretch stretch, Member library, Member device) {
        MomentFrame end = new MomentFrame(stretch.frame());
        return capture(stretch, end, library, device, true, end.number());
    }

    Capture capture(Stretch stretch, Member library, Member device, boolean enabled, long number) {
        return capture(stretch, new MomentFrame(stretch.frame()), library, device, enabled, number);
    }

    private Capture capture(
            Stretch stretch, MomentFrame end, Member library, Member device, boolean enabled, long number) {
        Cells into = cellsFor(stretch, end.models());
        SyncCells cells = into.cells();
        Reading counted = into.frames().read(stretch.frame());
        Moment moment =
                end.moment(device, stretch.window().to().toEpochMilli(), stretch.history(), stretch.recentErrors());
        return new Capture(
                new Capture.Header(number, enabled, library, stretch.epoch(), stretch.window()),
                cells,
                counted,
                moment,
                () -> opening(stretch, device, cells, cells.accounts().unsettled(counted, moment)));
    }

    private Cells cellsFor(Stretch stretch, List<ModelType> models) {
        Cells known = latest;
        if (known == null || !known.models().equals(models) || !known.frames().fits(stretch.frame())) {
            known = Cells.of(models);
            latest = known;
        }
        return known;
    }

    private static OpenWork opening(Stretch stretch, Member device, SyncCells cells, OpenWork unsettled) {
        MomentFrame ofEpoch = new MomentFrame(stretch.ofEpoch());
        Moment end = ofEpoch.moment(device, stretch.window().to().toEpochMilli(), List.of(), List.of());
        return ofEpoch.opening()
                .plus(cells.accounts().unsettled(cells.registry().restore(stretch.ofEpoch()), end))
                .minus(unsettled);
    }
}
