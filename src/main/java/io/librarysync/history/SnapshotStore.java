package io.librarysync.history;

import io.librarysync.instrument.SeriesCatalogue;
import io.librarysync.metrics.ErrorEvent;
import io.librarysync.metrics.StateTransition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the history of one device beyond a run: epochs, samples, and whole snapshots. Losing it never harms sync. Instants
 * are kept in whole milliseconds. Every method is safe from any thread; one that fails throws
 * {@link SnapshotStoreException}, has changed nothing, and may be tried again.
 *
 * <p>Epochs are ordered as they began, samples in an epoch by their number; this order, not the wall clock, says what came
 * first.
 */
public interface SnapshotStore extends AutoCloseable {

    /**
     * What a run finds.
     *
     * @param catalogue to go on with
     * @param epochs all that are kept, in order, each over
     */
    record Found(SeriesCatalogue catalogue, List<Epoch> epochs) {
        public Found {
            epochs = List.copyOf(epochs);
        }
    }

    /** Takes up the history: epochs that a crash left open end at their last sample or, without one, where they began. */
    Found resume();

    /**
     * Keeps all of {@code entries}, or fails and keeps none of them. What the samples are a difference to must have been
     * kept before, or stand before them. What is kept already stays as it is, so that entries can be written again when
     * nobody knows whether they were.
     *
     * @return the ids of the whole snapshots among them, in order
     */
    List<Long> write(List<Entry> entries);

    /** All epochs, in order. */
    List<Epoch> epochs();

    /**
     * The last moment in order, at or before a time by the wall clock of then, that counting can begin from: a sample, or the
     * begin of an epoch.
     *
     * @param before only what stands before this sample; null for everything
     */
    Optional<Mark> newest(Instant atOrBefore, Sample.@Nullable Key before);

    /** The last sample of an epoch. */
    Optional<Sample> last(String epoch);

    /**
     * The last transitions after one moment up to another, oldest first.
     *
     * @param after those of its epoch after as many as its {@link Mark#transitions}
     * @param upTo of a later moment; those of its epoch beyond as many as its own are left out
     */
    List<StateTransition> transitions(Mark after, Mark upTo, int most);

    /** The last errors after one moment up to another, newest first. */
    List<ErrorEvent> errors(Mark after, Mark upTo, int most);

    /** Drops what {@code retention} does not keep; whatever is kept can still be read. */
    void prune(Instant now, Retention retention);

    /** A whole snapshot by its id. */
    Optional<StoredSnapshot> find(long id);

    /** When the newest whole snapshot was taken. */
    Optional<Instant> lastTimestamp();

    /** How many whole snapshots there are. */
    long count();

    @Override
    void close();
}
