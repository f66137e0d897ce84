package io.librarysync.history;

import io.librarysync.domain.Fault;
import io.librarysync.domain.SyncClock;
import io.librarysync.instrument.SeriesCatalogue;
import io.librarysync.metrics.Capture;
import io.librarysync.metrics.EpochInfo;
import io.librarysync.metrics.StretchReader;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the metrics of one device said over time: samples in memory and in a store, epoch after epoch. Samples are taken when
 * {@link #sample} says so and at every change of state; the store is written to off the caller's thread. A store that fails
 * costs nothing but what it would have kept, and is tried again with the next writing.
 */
public final class History implements MetricsHistory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(History.class);
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(30);
    private static final String CAUSE = "metrics_db";
    private static final long UNKNOWN = -1;

    private final SyncMetrics metrics;
    private final SnapshotStore store;
    private final SyncClock clock;
    private final HistorySettings settings;
    private final String run;
    private final Executor writer;
    private final KnownEpochs epochs = new KnownEpochs();
    private final SampleRing ring;
    private final HistoryQueue queue;
    private final Recording recording;
    private final Windows windows;
    private volatile boolean resumed;
    private volatile @Nullable String problem;
    private volatile Stored stored = new Stored(UNKNOWN, UNKNOWN);

    /** What is known of the whole snapshots in the store, so that nobody has to ask it. */
    private record Stored(long count, long newestEpochMillis) {}

    /**
     * A history that has not begun.
     *
     * @param run names this service start
     * @param json writes whole snapshots
     * @param writer runs what may wait for the store, one thing after the other; never the thread that takes samples
     */
    public History(
            SyncMetrics metrics,
            SnapshotStore store,
            SyncClock clock,
            HistorySettings settings,
            String run,
            Function<SyncMetricsSnapshot, String> json,
            Executor writer) {
        this.metrics = metrics;
        this.store = store;
        this.clock = clock;
        this.settings = settings;
        this.run = run;
        this.writer = writer;
        this.ring = new SampleRing(settings.ringSize());
        this.queue = new HistoryQueue(store, settings.queueSize(), metrics::sampleDropped);
        this.recording = new Recording(clock, new SampleChain(settings.retention()), ring, json);
        this.windows = new Windows(epochs, ring, store);
    }

    /**
     * Takes up what is kept of earlier runs and begins the first epoch if metrics are on.
     *
     * @param sampler runs what takes a sample when the state has changed
     */
    public void begin(Executor sampler) {
        SeriesCatalogue catalogue = resume();
        recording.writeWith(metrics.sampleWriter(catalogue));
        metrics.whileEpochLasts(this::beginWith);
        metrics.addTransitionListener(transition -> sampler.execute(this::transitioned));
        writeSoon();
    }

    private boolean beginWith(Capture first) {
        if (metrics.isEnabled()) {
            begin(first.epoch());
            queue.add(recording.take(first, Recording.Kind.REGULAR));
        }
        return metrics.isEnabled();
    }

    private SeriesCatalogue resume() {
        try {
            return takeUp().catalogue();
        } catch (SnapshotStoreException e) {
            report(e);
            return new SeriesCatalogue();
        }
    }

    private SnapshotStore.Found takeUp() {
        SnapshotStore.Found found = store.resume();
        epochs.found(found.epochs());
        look();
        resumed = true;
        return found;
    }

    private void look() {
        stored = new Stored(
                store.count(), store.lastTimestamp().map(Instant::toEpochMilli).orElse(UNKNOWN));
    }

    /** Takes a sample now, if metrics are on. It is written with the next writing. */
    public void sample() {
        take(Recording.Kind.REGULAR);
    }

    private void transitioned() {
        take(Recording.Kind.WHOLE);
        writeSoon();
    }

    private void take(Recording.Kind kind) {
        metrics.whileEpochLasts(capture -> recording.isOpen() && queue.add(recording.take(capture, kind)));
    }

    /** Writes what waits, on the writer's thread. */
    public void writeSoon() {
        writer.execute(() -> {
            try {
                write();
            } catch (SnapshotStoreException e) {
                LOG.debug("writing the history waits for the next time", e);
            }
        });
    }

    /** Drops what is too old, on the writer's thread. */
    public void pruneSoon() {
        writer.execute(() -> {
            try {
                store.prune(Instant.ofEpochMilli(clock.millis()), settings.retention());
                look();
            } catch (SnapshotStoreException e) {
                report(e);
            }
        });
    }

    private void write() {
        try {
            if (!resumed) {
                takeUp();
            }
            if (queue.write()) {
                look();
            }
            problem = null;
        } catch (SnapshotStoreException e) {
            report(e);
            throw e;
        }
    }

    private void report(SnapshotStoreException e) {
        metrics.historyFailed(new Fault(CAUSE, "history: " + e.getMessage()));
        if (problem == null) {
            LOG.warn("the history cannot be written, sync goes on and writing is tried again: {}", e.getMessage());
        }
        problem = String.valueOf(e.getMessage());
    }

    /** Why the store keeps nothing at the moment; null if it does. */
    public @Nullable String problem() {
        return problem;
    }

    @Override
    public void keep(@Nullable Capture closing, @Nullable EpochInfo next) {
        if (closing != null && next != null) {
            reset(closing, next);
        } else if (closing != null) {
            end(closing, Epoch.Ending.DISABLED);
            writeSoon();
        } else if (next != null) {
            begin(next);
            writeSoon();
        }
    }

    private void reset(Capture closing, EpochInfo next) {
        Epoch ended = recording.open().ended(closing.timestamp(), Epoch.Ending.RESET);
        Epoch begun = Epoch.open(next, run);
        queue.add(recording.take(closing, Recording.Kind.LASTING));
        List<Entry> turn = List.of(new Entry.Ended(ended), new Entry.Begun(begun));
        turn.forEach(queue::add);
        try {
            writeNow();
        } catch (RuntimeException e) {
            queue.withdraw(turn);
            throw e;
        }
        epochs.ended(ended);
        epochs.begun(begun);
        recording.begin(begun);
    }

    private void begin(EpochInfo epoch) {
        Epoch begun = Epoch.open(epoch, run);
        epochs.begun(begun);
        recording.begin(begun);
        queue.add(new Entry.Begun(begun));
    }

    private boolean end(Capture closing, Epoch.Ending by) {
        Epoch ended = recording.open().ended(closing.timestamp(), by);
        queue.add(recording.take(closing, Recording.Kind.LASTING));
        queue.add(new Entry.Ended(ended));
        epochs.ended(ended);
        recording.end();
        return true;
    }

    /** Ends the epoch, if metrics are on, and writes what waits. */
    @Override
    public void close() {
        metrics.whileEpochLasts(last -> recording.isOpen() && end(last, Epoch.Ending.STOP));
        try {
            writeNow();
        } catch (RuntimeException e) {
            LOG.warn("the last samples could not be written: {}", e.getMessage());
        }
    }

    /** Writes all that waits, and waits for it; fails as the store does. */
    private void writeNow() {
        try {
            CompletableFuture.runAsync(this::write, writer)
                    .orTimeout(LONGEST_WRITE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SnapshotStoreException failure) {
                throw failure;
            }
            throw new SnapshotStoreException("the store did not answer within " + LONGEST_WRITE.toSeconds() + " s", e);
        }
    }

    @Override
    public long store() {
        HistoryQueue.Waiting waiting = metrics.whileEpochLasts(this::waitingSnapshot);
        try {
            writeNow();
        } catch (RuntimeException e) {
            queue.withdraw(List.of(waiting.entry()));
            throw e;
        }
        return waiting.id().join();
    }

    private HistoryQueue.Waiting waitingSnapshot(Capture capture) {
        if (!recording.isOpen()) {
            throw new IllegalStateException("metrics are disabled, there is nothing to store; switch them on first");
        }
        HistoryQueue.Waiting waiting = HistoryQueue.Waiting.of(recording.take(capture, Recording.Kind.LASTING));
        queue.add(waiting);
        return waiting;
    }

    @Override
    public Capture capture(Window window) {
        if (window.equals(Window.CURRENT_EPOCH)) {
            return metrics.capture();
        }
        return metrics.capture(windows.stretch(window, () -> metrics.whileEpochLasts(this::now)));
    }

    @Override
    public Function<Window, Capture> adjoining() {
        Windows adjoining = windows.adjoining();
        StretchReader reader = new StretchReader();
        return window -> metrics.capture(adjoining.stretch(window, () -> metrics.whileEpochLasts(this::now)), reader);
    }

    @Override
    public Optional<Trend> trend() {
        return metrics.whileEpochLasts(recording::trend);
    }

    /** The end of a window that reaches to now; while metrics are off, to when they were switched off. */
    private Windows.End now(Capture capture) {
        if (recording.isOpen()) {
            return Windows.End.now(recording.open(), recording.written(capture));
        }
        return windows.lastEnd()
                .orElseThrow(() -> new NothingKnownException("nothing was recorded yet, and metrics are disabled"));
    }

    @Override
    public List<Epoch> epochs() {
        return epochs.all();
    }

    @Override
    public int size() {
        return ring.size();
    }

    @Override
    public int capacity() {
        return ring.capacity();
    }

    @Override
    public long storedSnapshots() {
        return stored.count();
    }

    @Override
    public long lastStoredEpochMillis() {
        return stored.newestEpochMillis();
    }
}
