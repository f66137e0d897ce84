package io.librarysync.events;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.SyncClock;
import io.librarysync.metrics.EpochInfo;
import io.librarysync.metrics.EpochListener;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.record.SyncRecorder;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * The events of one device in one run: {@link #recorder()} is where sync reports to, beside its metrics, and
 * {@link #journal()} is where everybody reads. While metrics are off there is no event.
 */
public final class SyncEvents implements EpochListener {
    /** How many events stay in memory if nobody says otherwise. */
    public static final int STANDARD_CAPACITY = 10_000;

    private static final String STOP = "stop";

    private final SyncClock clock;
    private final EventJournal journal;
    private final EventRecorder recorder;
    private volatile Function<DeviceId, String> names = DeviceId::toString;
    private boolean on;

    /**
     * @param run names this run of the process
     * @param capacity how many events stay in memory
     * @param enabled whether metrics are on from the start
     */
    public SyncEvents(Member device, SyncClock clock, String run, int capacity, boolean enabled) {
        this.clock = clock;
        this.journal = new EventJournal(device, run, capacity);
        this.recorder = new EventRecorder(clock, peer -> names.apply(peer), this::happened);
        this.on = enabled;
    }

    /** What sync reports to. */
    public SyncRecorder recorder() {
        return recorder;
    }

    public EventJournal journal() {
        return journal;
    }

    /** Tells of the epochs of {@code metrics} from now on, and calls devices as they do. */
    public void follow(SyncMetrics metrics) {
        names = metrics::nameOf;
        metrics.addEpochListener(this);
    }

    /** Tells of what was summed up for long enough; to be called every few seconds. */
    public void flushDue() {
        recorder.flushDue();
    }

    /** Sync has stopped, and with it the epoch, if metrics are on. */
    public void stopped(SyncMetrics metrics) {
        recorder.flush();
        closed(metrics.epoch(), STOP);
    }

    /** Whether nothing followed it in its run, unless metrics were switched on again. */
    static boolean isEndOfRun(SyncEvent event) {
        return event.type() == SyncEventType.METRICS_DISABLED
                || (event.type() == SyncEventType.EPOCH_CLOSED
                        && event.summary().startsWith(opening(STOP)));
    }

    /** The epoch of an earlier run was found without an end. */
    public void crashed(EpochInfo epoch) {
        closed(epoch, "crash");
    }

    @Override
    public void reset(EpochInfo closed, EpochInfo opened) {
        recorder.flush();
        closed(closed, EpochInfo.RESET);
        happened(draft(SyncEventType.METRICS_RESET, "counting restarts from zero"));
    }

    @Override
    public void disabled(EpochInfo closed) {
        recorder.flush();
        closed(closed, EpochInfo.DISABLED);
        happened(draft(SyncEventType.METRICS_DISABLED, "nothing is recorded from now on"));
        turn(false);
    }

    @Override
    public void enabled(EpochInfo opened) {
        turn(true);
        happened(draft(SyncEventType.METRICS_ENABLED, "recording goes on"));
    }

    private void closed(EpochInfo epoch, String by) {
        happened(draft(SyncEventType.EPOCH_CLOSED, opening(by) + epoch.id())
                .lasting(Duration.between(epoch.startedAt(), Instant.ofEpochMilli(clock.millis()))));
    }

    private static String opening(String by) {
        return by + ", epoch ";
    }

    private EventDraft draft(SyncEventType type, String summary) {
        return new EventDraft(type, clock.millis(), summary);
    }

    private synchronized void turn(boolean toOn) {
        on = toOn;
    }

    /** What was under way when metrics were switched off is no event any more. */
    private synchronized void happened(EventDraft draft) {
        if (on) {
            journal.append(draft);
        }
    }
}
