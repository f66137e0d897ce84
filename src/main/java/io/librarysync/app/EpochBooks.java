package io.librarysync.app;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.LibraryId;
import io.librarysync.history.Epoch;
import io.librarysync.history.SnapshotStore;
import io.librarysync.history.SnapshotStoreException;
import io.librarysync.jmx.SnapshotArchive;
import io.librarysync.metrics.Capture;
import io.librarysync.metrics.EpochInfo;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the epochs of one run, and the snapshots that close them, into a store. A reset fails where the store does;
 * starting, stopping and switching go on without it.
 */
final class EpochBooks implements SnapshotArchive {
    private static final Logger LOG = LoggerFactory.getLogger(EpochBooks.class);

    private static final long NEVER = -1;

    private final SnapshotStore store;
    private final LibraryId library;
    private final DeviceId device;
    private final Function<SyncMetricsSnapshot, String> json;
    private final String run;
    private Optional<Epoch> open = Optional.empty();

    EpochBooks(
            SnapshotStore store,
            LibraryId library,
            DeviceId device,
            String run,
            Function<SyncMetricsSnapshot, String> json) {
        this.store = store;
        this.library = library;
        this.device = device;
        this.run = run;
        this.json = json;
    }

    /** Opens the first epoch of the run, after ending those that a crash left open. */
    synchronized void begin(EpochInfo first) {
        unlessTheStoreFails("begin an epoch", () -> {
            int crashed = store.closeCrashedEpochs(library);
            if (crashed > 0) {
                LOG.warn("the last run ended without a closing snapshot");
            }
            open(first);
        });
    }

    @Override
    public synchronized void keep(@Nullable Capture closing, @Nullable EpochInfo next) {
        if (closing != null && next != null) {
            turn(closing.snapshot(), next);
        } else if (next != null) {
            unlessTheStoreFails("begin an epoch", () -> open(next));
        } else if (closing != null) {
            unlessTheStoreFails("end an epoch", () -> end(closing.snapshot(), Epoch.Ending.DISABLED));
        }
    }

    @Override
    public synchronized long capture(SyncMetricsSnapshot snapshot) {
        if (!snapshot.enabled()) {
            throw new IllegalStateException("metrics are disabled, there is nothing to store; switch them on first");
        }
        return store.append(library, snapshot.timestamp(), json.apply(snapshot));
    }

    @Override
    public long size() {
        return store.count(library);
    }

    @Override
    public long newestEpochMillis() {
        return store.lastTimestamp(library).map(Instant::toEpochMilli).orElse(NEVER);
    }

    /** Ends the open epoch, if metrics are on, with its last snapshot. */
    synchronized void stop(SyncMetricsSnapshot last) {
        unlessTheStoreFails("store the closing snapshot", () -> end(last, Epoch.Ending.STOP));
    }

    private void turn(SyncMetricsSnapshot closing, EpochInfo next) {
        if (open.isEmpty()) {
            open(closing.epoch());
        }
        Epoch ended = open.orElseThrow().ended(closing.timestamp(), Epoch.Ending.RESET);
        Epoch begun = opened(next);
        store.turnEpoch(ended, begun, json.apply(closing));
        open = Optional.of(begun);
    }

    private void open(EpochInfo epoch) {
        Epoch begun = opened(epoch);
        store.openEpoch(begun);
        open = Optional.of(begun);
    }

    private void end(SyncMetricsSnapshot last, Epoch.Ending ending) {
        if (open.isPresent()) {
            store.append(library, last.timestamp(), json.apply(last));
            store.closeEpoch(open.get().ended(last.timestamp(), ending));
            open = Optional.empty();
        }
    }

    private Epoch opened(EpochInfo epoch) {
        return Epoch.open(epoch, library, run, device);
    }

    private static void unlessTheStoreFails(String what, Runnable work) {
        try {
            work.run();
        } catch (SnapshotStoreException e) {
            LOG.warn("could not {}: {}", what, e.getMessage());
        }
    }
}
