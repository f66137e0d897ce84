package io.librarysync.metrics;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Fault;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.SyncClock;
import io.librarysync.instrument.FrameWriter;
import io.librarysync.instrument.Reading;
import io.librarysync.instrument.SeriesCatalogue;
import io.librarysync.record.SwitchedRecorder;
import io.librarysync.record.SyncLevels;
import io.librarysync.record.SyncRecorder;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
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
    private final List<EpochListener> epochListeners = new CopyOnWriteArrayList<>();
    private final AtomicLong numbers = new AtomicLong();
    private final Instant startedAt;
    private final long startedNanos;
    private volatile Supplier<SyncLevels> levels = SyncLevels::none;
    private volatile Consumer<Runnable> switches = Runnable::run;
    private volatile Baseline baseline;

    /**
     * @param models the models known from the start; their series exist at zero
     * @param enabled whether to record from the start
     */
    public SyncMetrics(Member library, Member device, SyncClock clock, List<ModelType> models, boolean enabled) {
        this(library, device, clock, models, enabled, SyncRecorder.disabled());
    }

    /** The same, and {@code beside} is told of all that these metrics are told of; its failures reach nobody. */
    public SyncMetrics(
            Member library,
            Member device,
            SyncClock clock,
            List<ModelType> models,
            boolean enabled,
            SyncRecorder beside) {
        this.library = library;
        this.device = device;
        this.clock = clock;
        this.startedAt = Instant.ofEpochMilli(clock.millis());
        this.startedNanos = clock.nanos();
        this.cells = new SyncCells(models);
        this.collector = new SyncMetricsCollector(clock, cells, device.id(), this::transitioned);
        this.recorder = new SwitchedRecorder(() -> SyncRecorder.both(guarded(collector), guarded(beside)), enabled);
        this.baseline = new Baseline(
                new EpochInfo(UUID.randomUUID().toString(), startedAt, EpochInfo.START),
                startedNanos,
                Reading.nothing(),
                cells.registry().epoch(),
                collector.timeline(),
                0,
                OpenWork.NONE,
                EarlierEpochs.NONE);
    }

    private SyncRecorder guarded(SyncRecorder delegate) {
        return SyncRecorder.guarded(delegate, cells.errors.observationsFailed::increment);
    }

    /** What sync reports to; it can be switched by {@link #enable} and {@link #disable} while work is going on. */
    public SyncRecorder recorder() {
        return recorder;
    }

    /**
     * Where levels are read from from now on; without it every level is that of {@link SyncLevels#none()}. To be called
     * before anything is recorded: what is open then is what the run begins with.
     */
    public synchronized void readLevelsFrom(Supplier<SyncLevels> source) {
        levels = source;
        baseline = baseline.with(found());
    }

    /**
     * Recording is switched on and off by {@code runner} from now on, which runs its task once, before it returns, at a moment
     * when no work is half done: what is counted from then on and the levels found then make whole books. Without it the
     * switch is turned at once.
     */
    public void switchBy(Consumer<Runnable> runner) {
        switches = runner;
    }

    public void addTransitionListener(TransitionListener listener) {
        listeners.add(listener);
    }

    public void addEpochListener(EpochListener listener) {
        epochListeners.add(listener);
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

    /** The time by the clock that they are recorded with. */
    public Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    public EpochInfo epoch() {
        return baseline.epoch();
    }

    public boolean isEnabled() {
        return recorder.isOn();
    }

    /** Everything since the epoch began, read at one moment. */
    public Capture capture() {
        Standing now = standing();
        Reading since = now.recorded() ? now.since().cells() : now.cells();
        return capture(now.since(), now.recorded(), now.cells().since(since), now.moment());
    }

    /**
     * Everything since the run began, over all its epochs, read at one moment. What was counted stands still while recording
     * is off; the lists of what happened last are those of the epoch.
     */
    public Capture captureRun() {
        Standing now = standing();
        EarlierEpochs earlier = now.since().earlier();
        return new Capture(
                header(now.since().epoch(), startedAt, now.recorded(), now.moment()),
                cells,
                now.cells().raisedTo(earlier.peaks()),
                now.moment().with(earlier.addedTo(now.moment().states())),
                earlier.opening());
    }

    /** All that is known now, and what counting is shown since. */
    private record Standing(Baseline since, boolean recorded, Reading cells, Moment moment) {}

    private Standing standing() {
        while (true) {
            Baseline epoch = baseline;
            boolean recorded = isEnabled();
            Moment moment = recorded ? facts(epoch).moment() : unrecordedMoment();
            Reading reading = cells.registry().read(epoch.registryEpoch());
            if (epoch.epoch().equals(baseline.epoch()) && recorded == isEnabled()) {
                return new Standing(epoch, recorded, reading, moment);
            }
        }
    }

    /** Runs {@code use} on everything since the epoch began; no epoch turns until it returns. */
    public synchronized <T> T whileEpochLasts(Function<Capture, T> use) {
        return use.apply(capture());
    }

    /** What happened over a stretch of time, and how everything stood at its end. */
    public Capture capture(Stretch stretch) {
        return capture(stretch, new StretchReader());
    }

    /** The same, with a reader of stretches that follow one another. */
    public Capture capture(Stretch stretch, StretchReader reader) {
        return reader.capture(stretch, library, device, isEnabled(), numbers.incrementAndGet());
    }

    /** Everything since the epoch began. */
    public SyncMetricsSnapshot snapshot() {
        return capture().snapshot();
    }

    /** What the filter selects of everything since the epoch began. */
    public SyncMetricsSnapshot snapshot(SnapshotFilter filter) {
        return capture().snapshot(filter);
    }

    /** Writes captures of these metrics as samples, with the places of {@code catalogue}. */
    public SampleWriter sampleWriter(SeriesCatalogue catalogue) {
        return new SampleWriter(new FrameWriter(cells.registry(), catalogue));
    }

    /** The members besides this device, by name. */
    public List<PartnerSnapshot> partners() {
        return capture().partners();
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
        return new PeerNames(device, names(levels.get())).idOf(text);
    }

    /** Checks that a model is known. */
    public String modelName(String text) {
        return cells.modelName(text);
    }

    /**
     * Closes the epoch at one instant and begins the next: every counter restarts from zero. No increment is lost or counted
     * twice: the closing snapshot and the new baseline are the same reading. If {@code keeper} fails, nothing changes.
     * While recording is off there is no epoch to close, which is an {@link IllegalStateException}.
     *
     * @return the closing snapshot
     */
    public synchronized SyncMetricsSnapshot reset(EpochKeeper keeper) {
        if (!isEnabled()) {
            throw new IllegalStateException("metrics are disabled, there is no epoch to close; switch them on first");
        }
        EpochInfo ended = epoch();
        SyncMetricsSnapshot closing = turnEpoch(EpochInfo.RESET, keeper).snapshot();
        epochListeners.forEach(listener -> listener.reset(ended, epoch()));
        return closing;
    }

    /** Stops recording and closes the epoch; the closing snapshot is null if recording was off already. */
    public @Nullable SyncMetricsSnapshot disable(EpochKeeper keeper) {
        AtomicReference<@Nullable SyncMetricsSnapshot> closing = new AtomicReference<>();
        switches.accept(() -> closing.set(switchOff(keeper)));
        return closing.get();
    }

    private synchronized @Nullable SyncMetricsSnapshot switchOff(EpochKeeper keeper) {
        if (!isEnabled()) {
            return null;
        }
        EpochInfo ended = epoch();
        SyncMetricsSnapshot closing = turnOff(keeper).snapshot();
        epochListeners.forEach(listener -> listener.disabled(ended));
        return closing;
    }

    private Capture turnOff(EpochKeeper keeper) {
        recorder.turn(false);
        try {
            return turnEpoch(EpochInfo.DISABLED, (closing, off) -> keeper.keep(closing, null));
        } catch (RuntimeException e) {
            recorder.turn(true);
            throw e;
        }
    }

    /** Starts recording in a new epoch; what happened while it was off is in none. Does nothing if recording is on. */
    public void enable(EpochKeeper keeper) {
        switches.accept(() -> switchOn(keeper));
    }

    private synchronized void switchOn(EpochKeeper keeper) {
        if (!isEnabled()) {
            turnEpoch(EpochInfo.ENABLED, (off, next) -> keeper.keep(null, next));
            collector.restartTimeline(levels.get().state());
            baseline = baseline.with(collector.timeline()).with(found());
            epochListeners.forEach(listener -> listener.enabled(epoch()));
            recorder.turn(true);
        }
    }

    private OpenWork found() {
        return cells.accounts().found(levels.get());
    }

    /** An event was not delivered because a queue was full. */
    public void eventDropped() {
        cells.errors.eventsDropped.increment();
    }

    /** A listener missed an update because it is slow. */
    public void updateDropped() {
        cells.errors.updatesDropped.increment();
    }

    /** The history could not be written or read: a database error that concerns no peer and no model. */
    public void historyFailed(Fault fault) {
        recorder.databaseFailed(null, null, fault);
    }

    /** A sample was given up because the store is too slow or fails. */
    public void sampleDropped() {
        cells.errors.samplesDropped.increment();
    }

    private Capture turnEpoch(String openedBy, EpochKeeper keeper) {
        Baseline ending = baseline;
        Facts facts = facts(ending);
        Reading closing = cells.registry().close();
        Capture last = capture(ending, true, closing.since(ending.cells()), facts.moment());
        EpochInfo next = new EpochInfo(UUID.randomUUID().toString(), last.timestamp(), openedBy);
        try {
            keeper.keep(last, next);
        } catch (RuntimeException e) {
            cells.registry().reopen();
            throw e;
        }
        baseline = new Baseline(
                next,
                facts.nanos(),
                closing,
                cells.registry().epoch(),
                facts.timeline(),
                facts.errors().count(),
                last.unsettled(),
                openedBy.equals(EpochInfo.ENABLED)
                        ? ending.earlier()
                        : ending.earlier().plus(closing, facts.moment().states()));
        return last;
    }

    /** What is read before the cells, outcomes before inputs, and what a baseline needs of it. */
    private record Facts(StateTimeline timeline, long nanos, Errors.Recent errors, Moment moment) {}

    private Facts facts(Baseline since) {
        Errors.Recent errors = collector.errors().since(since.errors());
        StateTimeline timeline = collector.timeline();
        long nanos = Math.max(clock.nanos(), timeline.enteredNanos());
        StateStretch states = timeline.since(since.timeline(), since.nanos(), nanos);
        long counted = errors.count() - since.errors();
        return new Facts(timeline, nanos, errors, moment(states, nanos, counted, errors.newestFirst()));
    }

    /** While recording is off: what can be seen without it. */
    private Moment unrecordedMoment() {
        return moment(StateStretch.unrecorded(levels.get().state()), clock.nanos(), 0, List.of());
    }

    private Moment moment(StateStretch states, long nanos, long errors, List<ErrorEvent> newestFirst) {
        SyncLevels now = levels.get();
        return new Moment(
                device,
                clock.millis(),
                nanos - startedNanos,
                states,
                now,
                errors,
                newestFirst,
                collector.stamps(),
                names(now),
                collector.driftMillis());
    }

    /** What a device is called: by the engine, else as it was told, else by its id. */
    public String nameOf(DeviceId device) {
        for (SyncLevels.Link link : levels.get().links()) {
            if (link.peer().equals(device)) {
                return link.name();
            }
        }
        return collector.names().getOrDefault(device.toString(), device.toString());
    }

    /** The name of every device: as the engine calls it, else as it was told. */
    private Map<String, String> names(SyncLevels now) {
        Map<String, String> names = new HashMap<>(collector.names());
        now.links().forEach(link -> names.put(link.peer().toString(), link.name()));
        return names;
    }

    private Capture capture(Baseline since, boolean recorded, Reading counted, Moment moment) {
        return new Capture(
                header(since.epoch(), since.epoch().startedAt(), recorded, moment),
                cells,
                counted,
                moment,
                recorded ? since.opening() : OpenWork.NONE);
    }

    private Capture.Header header(EpochInfo epoch, Instant from, boolean recorded, Moment moment) {
        Instant now = Instant.ofEpochMilli(moment.millis());
        SnapshotWindow window = new SnapshotWindow(from, now, SnapshotWindow.Span.EPOCH, List.of());
        return new Capture.Header(numbers.incrementAndGet(), recorded, library, epoch, window);
    }

    private void transitioned(StateTransition transition) {
        listeners.forEach(listener -> listener.transitioned(transition));
    }
}
