package io.librarysync.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Fault;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Route;
import io.librarysync.export.SnapshotJson;
import io.librarysync.metrics.Capture;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SnapshotFilter;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.metrics.SyncMetricsSnapshot;
import io.librarysync.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A week of a device on an injected clock, with work, restarts, resets, a clock that is set back and forth, and retention:
 * every window must hold exactly what was done in it. For each kind of store.
 */
public abstract class HistoryWeek {
    private static final long SEED = 7;
    private static final ModelType ENTRY = ModelType.deviceOwned("entry");
    private static final ModelType TAG = ModelType.shared("tag");
    private static final List<DeviceId> PEERS = List.of(
            DeviceId.parse("e20b5f31-0000-4000-8000-000000000001"),
            DeviceId.parse("7d1c09aa-0000-4000-8000-000000000002"));
    private static final Retention RETENTION = Retention.parse("12h,15m:3d,6h:30d");

    private final Random random = new Random(SEED);
    private final ManualClock clock = new ManualClock();
    private final List<Moment> moments = new ArrayList<>();
    private final AtomicReference<@Nullable Run> run = new AtomicReference<>();
    private Done done = Done.NOTHING;
    private Duration wallOffset = Duration.ZERO;

    /** A store over the same place each time. */
    protected abstract SnapshotStore open();

    /** What was done so far, of one peer and one model, and of all. */
    private record Done(long received, long ofPeer, long ofTag, long errors, long timed, long nanos) {
        private static final Done NOTHING = new Done(0, 0, 0, 0, 0, 0);

        Done minus(Done earlier) {
            return new Done(
                    received - earlier.received,
                    ofPeer - earlier.ofPeer,
                    ofTag - earlier.ofTag,
                    errors - earlier.errors,
                    timed - earlier.timed,
                    nanos - earlier.nanos);
        }
    }

    /** A moment from which counting can begin, in the order in which they came, and what had been done by then. */
    private record Moment(Instant at, Done done) {}

    /** One service start to stop. */
    private final class Run {
        private final SnapshotStore store = open();
        private final SyncMetrics metrics = new SyncMetrics(
                new Member("library", "My Library"),
                new Member("00000000-0000-4000-8000-0000000000aa", "MacBook"),
                clock,
                List.of(ENTRY, TAG),
                true);
        private final History history = new History(
                metrics,
                store,
                clock,
                new HistorySettings(100, 1_000, RETENTION),
                "run",
                SnapshotJson::compact,
                Runnable::run);

        Run() {
            history.begin(Runnable::run);
        }

        void stop() {
            history.close();
            store.close();
        }
    }

    @Test
    void everyWindowHoldsExactlyWhatWasDoneInIt() {
        begin();
        for (int minute = 0; minute < 7 * 24 * 60; minute += 5) {
            work();
            step(Duration.ofMinutes(5));
            if (random.nextInt(200) == 0) {
                restart();
            }
            if (random.nextInt(300) == 0) {
                reset();
            }
            if (minute == 3 * 24 * 60 || minute == 5 * 24 * 60) {
                setClock(Duration.ofHours(minute < 4 * 24 * 60 ? -1 : 2));
            }
            if (minute % 60 == 0) {
                run().history.pruneSoon();
            }
            if (minute % 1_440 == 600) {
                checkSome();
            }
        }
        checkSome();
        run().stop();
    }

    private Run run() {
        return Objects.requireNonNull(run.get());
    }

    private void begin() {
        run.set(new Run());
        remember();
    }

    private void work() {
        for (int i = random.nextInt(3); i > 0; i--) {
            DeviceId peer = PEERS.get(random.nextInt(2));
            ModelType model = random.nextBoolean() ? ENTRY : TAG;
            int changes = random.nextInt(1, 20);
            long nanos = random.nextInt(50_000_000);
            run().metrics.recorder().changesReceived(peer, Route.LIVE, ModelTally.of(model, changes));
            run().metrics.recorder().pageReceived(peer, nanos);
            boolean failed = random.nextInt(4) == 0;
            if (failed) {
                run().metrics.recorder().otherFailed(peer, model, new Fault("disk", "failed " + i));
            }
            boolean first = peer.equals(PEERS.get(0));
            done = new Done(
                    done.received + changes,
                    done.ofPeer + (first ? changes : 0),
                    done.ofTag + (model.isShared() ? changes : 0),
                    done.errors + (failed ? 1 : 0),
                    done.timed + 1,
                    done.nanos + nanos);
        }
    }

    private void step(Duration length) {
        clock.advance(length);
        run().history.sample();
        remember();
        if (random.nextBoolean()) {
            run().history.writeSoon();
        }
    }

    private void restart() {
        run().stop();
        remember();
        clock.advance(Duration.ofMinutes(random.nextInt(600)));
        begin();
    }

    private void reset() {
        run().metrics.reset(run().history);
        remember();
    }

    private void setClock(Duration by) {
        wallOffset = wallOffset.plus(by);
        clock.setWallOffset(wallOffset);
        run().history.sample();
        remember();
    }

    private void remember() {
        moments.add(new Moment(Instant.ofEpochMilli(clock.millis()), done));
    }

    private void checkSome() {
        for (int i = 0; i < 60; i++) {
            Instant one = someTime();
            Instant other = someTime();
            check(one.isBefore(other) ? one : other, one.isBefore(other) ? other : one);
            check(one, null);
            checkAdditivity(someTime(), someTime(), someTime());
        }
    }

    private Instant someTime() {
        Instant now = Instant.ofEpochMilli(clock.millis());
        Instant start = moments.get(0).at();
        long span = Duration.between(start, now).toMillis();
        return start.plusMillis((long) (random.nextDouble() * (span - 1)));
    }

    private void check(Instant since, @Nullable Instant until) {
        if (since.equals(until)) {
            return;
        }
        Capture capture = run().history.capture(new Window.Between(since, until));
        Done from = at(capture.window().from());
        Done to = until == null ? done : at(capture.window().to());
        assertThat(counted(capture)).as("seed %d, %s to %s", SEED, since, until).isEqualTo(to.minus(from));
        assertThat(capture.window().from()).isBeforeOrEqualTo(since);
    }

    private void checkAdditivity(Instant... times) {
        Arrays.sort(times);
        if (times[0].equals(times[1]) || times[1].equals(times[2])) {
            return;
        }
        Done whole = counted(run().history.capture(new Window.Between(times[0], times[2])));
        Done first = counted(run().history.capture(new Window.Between(times[0], times[1])));
        Done second = counted(run().history.capture(new Window.Between(times[1], times[2])));
        assertThat(whole.minus(first)).as("%s %s %s", (Object[]) times).isEqualTo(second);
    }

    /** What had been done by the last moment of that time. */
    private Done at(Instant time) {
        for (int i = moments.size() - 1; i >= 0; i--) {
            if (!moments.get(i).at().isAfter(time)) {
                return moments.get(i).done();
            }
        }
        return Done.NOTHING;
    }

    private static Done counted(Capture capture) {
        SyncMetricsSnapshot all = capture.snapshot();
        var pages = all.performance().getBackfillRequestLatency();
        return new Done(
                all.operations().getChangesReceived(),
                capture.snapshot(SnapshotFilter.ofPeer(PEERS.get(0).toString()))
                        .operations()
                        .getChangesReceived(),
                capture.snapshot(SnapshotFilter.ofModel("tag")).operations().getChangesReceived(),
                all.errors().getTotalErrors(),
                pages.count(),
                pages.sum() == null ? 0 : Math.round(pages.sum() * 1e6));
    }
}
