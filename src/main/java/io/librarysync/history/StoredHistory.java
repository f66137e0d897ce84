package io.librarysync.history;

import io.librarysync.metrics.Capture;
import io.librarysync.metrics.EpochInfo;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.StretchReader;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a device that does not run has kept. It can be asked, and never changes; now is the moment of its last sample. */
public final class StoredHistory implements MetricsHistory, AutoCloseable {
    private static final int SMALLEST_RING = 1;
    private static final long NEVER = -1;

    private final SnapshotStore store;
    private final Member library;
    private final Member device;
    private final KnownEpochs epochs = new KnownEpochs();
    private final Windows windows;

    /** @param store is read from and closed with this history; nothing is written to it */
    public StoredHistory(SnapshotStore store, Member library, Member device) {
        this.store = store;
        this.library = library;
        this.device = device;
        this.windows = new Windows(epochs, new SampleRing(SMALLEST_RING), store);
        epochs.found(store.epochs().stream().map(this::over).toList());
    }

    /** When its last sample was taken. */
    public Instant now() {
        return end().at();
    }

    @Override
    public Capture capture(Window window) {
        return windows.stretch(window, this::end).capture(library, device);
    }

    @Override
    public Function<Window, Capture> adjoining() {
        Windows adjoining = windows.adjoining();
        StretchReader reader = new StretchReader();
        return window -> reader.capture(adjoining.stretch(window, this::end), library, device);
    }

    @Override
    public List<Epoch> epochs() {
        return epochs.all();
    }

    @Override
    public void keep(@Nullable Capture closing, @Nullable EpochInfo next) {
        throw new IllegalStateException("this history is over");
    }

    @Override
    public long store() {
        throw new IllegalStateException("this history is over");
    }

    @Override
    public int size() {
        return 0;
    }

    @Override
    public int capacity() {
        return 0;
    }

    @Override
    public long storedSnapshots() {
        return store.count();
    }

    @Override
    public long lastStoredEpochMillis() {
        return store.lastTimestamp().map(Instant::toEpochMilli).orElse(NEVER);
    }

    @Override
    public void close() {
        store.close();
    }

    private Windows.End end() {
        return windows.lastEnd().orElseThrow(() -> new NothingKnownException("nothing was recorded yet"));
    }

    /** An epoch without an end is one that a crash cut off. */
    private Epoch over(Epoch epoch) {
        Instant last = store.last(epoch.id()).map(Sample::takenAt).orElse(epoch.startedAt());
        return epoch.isOpen() ? epoch.ended(last, Epoch.Ending.CRASH) : epoch;
    }
}
