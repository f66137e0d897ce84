package io.librarysync.metrics;

import io.librarysync.instrument.FrameBuilder;
import io.librarysync.instrument.FrameWriter;

/** Writes captures of one device's live metrics as samples. */
public final class SampleWriter {
    private final FrameWriter frames;

    SampleWriter(FrameWriter frames) {
        this.frames = frames;
    }

    /** The sample of a capture that was taken from the same metrics. */
    public synchronized MetricsSample write(Capture capture) {
        Moment moment = capture.moment();
        FrameBuilder frame = frames.begin(capture.counted());
        MomentFrame.write(capture, frame);
        return new MetricsSample(
                capture.epoch(),
                capture.timestamp(),
                frame.build(),
                moment.states().steps(),
                moment.errors(),
                moment.states().history(),
                moment.recentErrors());
    }
}
