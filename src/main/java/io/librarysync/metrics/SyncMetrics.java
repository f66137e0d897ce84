package io.librarysync.metrics;

import io.librarysync.domain.ModelType;
import io.librarysync.domain.SyncClock;
import io.librarysync.instrument.GroupSnapshot;
import io.librarysync.instrument.Reading;
import io.librarysync.record.SwitchedRecorder;
import io.librarysync.record.SyncLevels;
import io.librarysync.record.SyncRecorder;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one device in one run. {@link #recorder()} is where sync reports to, {@link #snapshot()} is where everybody
 * reads. Snapshots neither stop nor lock those who record.
 */
public final class SyncMetrics {
    private final Member library;
    private final Member device;
    private final SyncClock clock;
    private final SyncCells cells;
    private final SyncMetricsCollector collector;
    private final SwitchedRecorder recorder;
    private final List<TransitionListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong numbers = new AtomicLong();
    private final Instant startedAt;
    private final long startedNanos;
    private volatile Supplier<SyncLevels> levels = SyncLevels::none;
    private volatile Baseline baseline;

    /**
     * @param models the models known from the start; their series exist at zero
     * @param enabled whether to record from the start
     */
    public SyncMetrics(Member library, Member device, SyncClock clock, List<ModelType> models, boolean enabled) {
        this.library = library;
        this.device = device;
        this.clock = clock;
        this.startedAt = Instant.ofEpochMilli(clock.millis());
        this.startedNanos = clock.nanos();
        this.cells = new SyncCells(models);
        this.collector = new SyncMetricsCollector(clock, cells, device.id(), this::transitioned);
        this.recorder = new SwitchedRecorder(SyncRecorder.guarded(collector), enabled);
        this.baseline = new Baseline(
                new EpochInfo(UUID.randomUUID().toString(), startedAt, EpochInfo.START),
                startedNanos,
                Reading.nothing(),
                collector.timeline(),
                0);
    }

    /** What sync reports to; it can be switched by {@link #enable} and {@link #disable} while work is going on. */
    public SyncRecorder recorder() {
        return recorder;
    }

    /** Where levels are read from from now on; without it every level is that of {@link SyncLevels#none()}. */
    public void readLevelsFrom(Supplier<SyncLevels> source) {
        levels = source;
    }

    public void addTransitionListener(TransitionListener listener) {
        listeners.add(listener);
    }

    public Member library() {
        return library;
    }

    public Member device() {
        return device;
    }

    public Instant startedAt() {
        return startedAt;
    }

    public EpochInfo epoch() {
        return baseline.epoch();
    }

    public boolean isEnabled() {
        return recorder.isOn();
    }

    /** Everything since the epoch began. */
    public SyncMetricsSnapshot snapshot() {
        return snapshot(SnapshotFilter.NONE);
    }

    /** What the filter selects of everything since the epoch began. */
    public SyncMetricsSnapshot snapshot(SnapshotFilter filter) {
        return snapshot(filter, consistentView(filter));
    }

    /** The members besides this device, by name. */
    public List<PartnerSnapshot> partners() {
        return Partners.of(consistentView(SnapshotFilter.NONE), cells);
    }

    /** The ids of all devices seen besides this one. */
    public List<String> peerIds() {
        return List.copyOf(collector.names().keySet());
    }

    /** The names of all models seen. */
    public List<String> modelNames() {
        return cells.models();
    }

    /** The id of a device by name, id, unique prefix of at least four characters, or {@code self}. */
    public String peerId(String text) {
        return new PeerNames(device, collector.names()).idOf(text);
    }

    /** Checks that a model is known. */
    public String modelName(String text) {
        if (!modelNames().contains(text)) {
            throw new UnknownLabelException(
                    "unknown model \"" + text + "\"; known are " + String.join(", ", modelNames()));
        }
        return text;
    }

    /**
     * Closes the epoch at one instant and begins the next: every counter restarts from zero. No increment is lost or counted
     * twice: the closing snapshot and the new baseline are the same reading. If {@code keeper} fails, nothing changes.
     *
     * @return the closing snapshot
     */
    public synchronized SyncMetricsSnapshot reset(EpochKeeper keeper) {
        return turnEpoch(EpochInfo.RESET, keeper);
    }

    /** Stops recording and closes the epoch; the closing snapshot is null if recording was off already. */
    public synchronized @Nullable SyncMetricsSnapshot disable(EpochKeeper keeper) {
        if (!recorder.isOn()) {
            return null;
        }
        recorder.turn(false);
        try {
            return turnEpoch(EpochInfo.RESET, keeper);
        } catch (RuntimeException e) {
            recorder.turn(true);
            throw e;
        }
    }

    /** Starts recording in a new epoch; what happened while it was off is in none. Does nothing if recording is on. */
    public synchronized void enable(EpochKeeper keeper) {
        if (!recorder.isOn()) {
            turnEpoch(EpochInfo.ENABLED, keeper);
            collector.restartTimeline(levels.get().state());
            baseline = baseline.with(collector.timeline());
            recorder.turn(true);
        }
    }

    /** An event was not delivered because a queue was full. */
    public void eventDropped() {
        cells.errors.eventsDropped.increment();
    }

    /** A listener missed an update because it is slow. */
    public void updateDropped() {
        cells.errors.updatesDropped.increment();
    }

    private SyncMetricsSnapshot turnEpoch(String openedBy, EpochKeeper keeper) {
        Baseline ending = baseline;
        Moment moment = moment(ending);
        Reading closing = cells.registry().close();
        EpochInfo next = new EpochInfo(UUID.randomUUID().toString(), Instant.ofEpochMilli(moment.millis()), openedBy);
        SyncView view = new SyncView(closing.since(ending.cells()), SnapshotFilter.NONE, moment);
        SyncMetricsSnapshot last = snapshot(SnapshotFilter.NONE, view);
        try {
            keeper.keep(last, next);
        } catch (RuntimeException e) {
            cells.registry().reopen(closing);
            throw e;
        }
        baseline = new Baseline(
                next,
                moment.nanos(),
                closing,
                moment.timeline(),
                moment.errors().count());
        return last;
    }

    private SyncView consistentView(SnapshotFilter filter) {
        while (true) {
            Baseline epoch = baseline;
            Moment moment = moment(epoch);
            Reading reading = cells.registry().read();
            if (epoch.epoch().equals(baseline.epoch())) {
                return new SyncView(reading.since(epoch.cells()), filter, moment);
            }
        }
    }

    private Moment moment(Baseline epoch) {
        Errors.Recent errors = collector.errors().since(epoch.errors());
        StateTimeline timeline = collector.timeline();
        SyncLevels now = levels.get();
        return new Moment(
                device,
                clock.millis(),
                Math.max(clock.nanos(), timeline.enteredNanos()),
                startedNanos,
                epoch,
                timeline,
                now,
                errors,
                collector.stamps(),
                collector.names(),
                collector.driftMillis());
    }

    private SyncMetricsSnapshot snapshot(SnapshotFilter filter, SyncView view) {
        Moment moment = view.moment();
        Instant now = Instant.ofEpochMilli(moment.millis());
        EpochInfo epoch = moment.baseline().epoch();
        return new SyncMetricsSnapshot(
                numbers.incrementAndGet(),
                now,
                isEnabled(),
                library,
                device,
                epoch,
                new SnapshotWindow(epoch.startedAt(), now, true),
                filter.peer(),
                filter.model(),
                groups(filter, view));
    }

    private Map<Category, GroupSnapshot<?>> groups(SnapshotFilter filter, SyncView view) {
        Map<Category, GroupSnapshot<?>> groups = new EnumMap<>(Category.class);
        for (Category category : Category.values()) {
            if (filter.categories().contains(category)) {
                groups.put(category, cells.group(category).freeze(view));
            }
        }
        return groups;
    }

    private void transitioned(StateTransition transition) {
        listeners.forEach(listener -> listener.transitioned(transition));
    }
}
