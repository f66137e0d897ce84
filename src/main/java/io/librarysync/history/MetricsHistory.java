package io.librarysync.history;

import io.librarysync.metrics.Capture;
import io.librarysync.metrics.EpochKeeper;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.metrics.UnknownLabelException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the metrics of one device said over time. A question that cannot be answered is an {@link IllegalArgumentException}. */
public interface MetricsHistory extends EpochKeeper {

    /** The history of a process that keeps none: it knows the epoch that lasts, and nothing else. */
    static MetricsHistory none(SyncMetrics metrics) {
        return new NoHistory(metrics);
    }

    /**
     * What happened in a window, and how everything stood at its end. The window of the answer says what it really covers:
     * counting begins at the newest sample at or before the moment asked for.
     */
    Capture capture(Window window);

    /**
     * Answers about windows that follow one another, each asked for once: the numbers are those of {@link #capture}, for less
     * work; transitions and errors are not listed. For one thread.
     */
    default Function<Window, Capture> adjoining() {
        return this::capture;
    }

    /**
     * The id of a device by name, id, unique prefix or {@code self}: one that {@code asked} knows, else one that only an earlier
     * epoch knew, the newest first.
     */
    default String peerId(Capture asked, String text) {
        try {
            return asked.peerId(text);
        } catch (UnknownLabelException unknown) {
            return PastPeers.idOf(this, text).orElseThrow(() -> unknown);
        }
    }

    /** What was done lately; empty while nothing is recorded, or so little was that no pace can be told. */
    default Optional<Trend> trend() {
        return Optional.empty();
    }

    /** Keeps a whole snapshot of this moment for good and returns its id. */
    long store();

    /** All epochs that are known, in order. */
    List<Epoch> epochs();

    /** How many samples are in memory. */
    int size();

    /** How many there can be. */
    int capacity();

    /** How many whole snapshots are kept for good; −1 if that cannot be told. */
    long storedSnapshots();

    /** When the newest of them was taken; −1 if there is none. */
    long lastStoredEpochMillis();
}
