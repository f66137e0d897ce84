package io.librarysync.history;

import io.librarysync.instrument.Frame;
import io.librarysync.instrument.SeriesCatalogue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A moment from which counting can begin.
 *
 * @param sample null stands for the begin of the epoch, when nothing had been counted
 */
public record Mark(Epoch epoch, @Nullable Sample sample) {

    Instant at() {
        return sample == null ? epoch.startedAt() : sample.takenAt();
    }

    Frame frame() {
        return sample == null ? Frame.empty(new SeriesCatalogue()) : sample.frame();
    }

    /** How many transitions the epoch had had by then. */
    public long transitions() {
        return sample == null ? 0 : sample.key().transitions();
    }

    /** How many errors the epoch had had by then. */
    public long errors() {
        return sample == null ? 0 : sample.key().errors();
    }
}
