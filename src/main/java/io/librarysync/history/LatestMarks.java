package io.librarysync.history;

import io.librarysync.instrument.Frame;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was found and read last: a window begins where the one before it ended, and its samples are differences to
 * the same ones. For one thread, and for one question, since meanwhile the history goes on.
 */
final class LatestMarks implements Marks {
    private static final int MARKS = 2;
    private static final int FRAMES = 8;

    private final Marks marks;
    private final Map<Instant, Optional<Mark>> found = latest(MARKS);
    private final Map<Sample.Key, Frame> frames = latest(FRAMES);

    LatestMarks(Marks marks) {
        this.marks = marks;
    }

    @Override
    public Optional<Mark> newest(Instant atOrBefore) {
        Optional<Mark> known = found.get(atOrBefore);
        if (known == null) {
            known = marks.newest(atOrBefore);
            found.put(atOrBefore, known);
        }
        return known;
    }

    @Override
    public Optional<Sample> last(String epoch) {
        return marks.last(epoch);
    }

    @Override
    public Frame frame(Sample sample) {
        Frame known = frames.get(sample.key());
        if (known == null) {
            @Nullable Sample base = sample.base();
            known = base == null ? sample.frame() : sample.frame(frame(base));
            frames.put(sample.key(), known);
        }
        return known;
    }

    /** A map of those that were used last. */
    private static <K, V> Map<K, V> latest(int most) {
        return new LinkedHashMap<>(most, 1, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }
}
