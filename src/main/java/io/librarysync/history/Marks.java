package io.librarysync.history;

import io.librarysync.instrument.Frame;
import java.time.Instant;
import java.util.Optional;

/** Finds the samples that windows begin and end with, and reads them. */
interface Marks {

    /** Those of the ring where it reaches, else of the store. */
    static Marks of(SampleRing ring, SnapshotStore store) {
        return new Marks() {
            @Override
            public Optional<Mark> newest(Instant atOrBefore) {
                SampleRing.Search search = ring.newest(atOrBefore);
                return search.found().isPresent() ? search.found() : store.newest(atOrBefore, search.oldest());
            }

            @Override
            public Optional<Sample> last(String epoch) {
                return ring.last(epoch).or(() -> store.last(epoch));
            }

            @Override
            public Frame frame(Sample sample) {
                return sample.frame();
            }
        };
    }

    /** The last moment in order, at or before a time, that counting can begin from. */
    Optional<Mark> newest(Instant atOrBefore);

    /** The last sample of an epoch. */
    Optional<Sample> last(String epoch);

    /** The numbers of a sample. */
    Frame frame(Sample sample);
}
