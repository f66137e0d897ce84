package io.librarysync.http;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Fault;
import io.librarysync.domain.Hlc;
import io.librarysync.domain.MessageType;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.RejectReason;
import io.librarysync.domain.Route;
import io.librarysync.domain.Session;
import io.librarysync.domain.SessionKind;
import io.librarysync.domain.SyncState;
import io.librarysync.jmx.BeansFixture;
import io.librarysync.jmx.SyncMBeans;
import io.librarysync.record.SyncLevels;
import io.librarysync.record.SyncRecorder;
import io.librarysync.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A device with some partners and what they did in a day: every number comes from what was recorded. */
final class DayOfSync {
    private static final Duration COARSE = Duration.ofMinutes(2);
    private static final Duration FINE = Duration.ofSeconds(10);
    private static final Duration FINELY_KNOWN = Duration.ofMinutes(15);
    private static final Duration DAY = Duration.ofHours(24);
    private static final SyncMBeans.Options OPTIONS = new SyncMBeans.Options("1.2.3", 256);
    private static final long SEED = 7;
    private static final Duration AWAY_FOR = Duration.ofHours(5);
    private static final double HOURS = Duration.ofHours(1).toMillis();

    final BeansFixture device;
    private final List<Partner> partners = new ArrayList<>();
    private final Random random = new Random(SEED);
    private final long end;

    /** A partner; one that is away left some hours ago and is owed something since. */
    private record Partner(DeviceId id, String name, boolean away, double share) {}

    private DayOfSync(BeansFixture device, List<String> names, List<String> away) {
        this.device = device;
        this.end = device.clock.millis() + DAY.toMillis();
        for (int i = 0; i < names.size(); i++) {
            DeviceId id = new DeviceId(new UUID(0x7d1c09aa_0000_4000L + i, 0x8000_0000_0000_0000L + i));
            partners.add(new Partner(id, names.get(i), away.contains(names.get(i)), 1.0 / (i + 1)));
        }
    }

    /** A day that ends now. */
    static DayOfSync with(Instant now, List<String> names, List<String> away) {
        ManualClock clock = new ManualClock();
        clock.setWallOffset(
                Duration.ofMillis(now.toEpochMilli() - clock.millis()).minus(DAY));
        DayOfSync day = new DayOfSync(new BeansFixture(clock, OPTIONS), names, away);
        day.begin();
        day.pass(day.left().minus(FINELY_KNOWN), COARSE);
        day.pass(day.left(), FINE);
        return day;
    }

    private void begin() {
        SyncRecorder recorder = device.metrics.recorder();
        partners.forEach(partner -> recorder.peerKnown(partner.id(), partner.name()));
        device.metrics.readLevelsFrom(this::levels);
        enter(SyncState.UNINITIALIZED, SyncState.BACKFILLING, "empty library", Duration.ofSeconds(4));
        backfill(partners.get(0));
        enter(SyncState.BACKFILLING, SyncState.CATCHING_UP, "backfill done", Duration.ofMinutes(41));
        enter(SyncState.CATCHING_UP, SyncState.READY, "caught up", Duration.ofMinutes(6));
    }

    private void enter(SyncState from, SyncState to, String reason, Duration after) {
        device.clock.advance(after);
        device.metrics.recorder().stateChanged(from, to, reason);
    }

    private void backfill(Partner partner) {
        SyncRecorder recorder = device.metrics.recorder();
        Session session = new Session(new UUID(SEED, SEED), SessionKind.BACKFILL);
        recorder.sessionOpened(partner.id(), session, device.clock.millis());
        recorder.pullBegun(partner.id(), true);
        for (int page = 0; page < 40; page++) {
            recorder.pageReceived(partner.id(), millis(300 + random.nextInt(900)));
            apply(partner, Route.BACKFILL, BeansFixture.ENTRY, 250);
            recorder.pageTaken(partner.id(), session, ModelTally.of(BeansFixture.ENTRY, 250));
        }
        recorder.sessionClosed(
                partner.id(), session, null, Duration.ofMinutes(41).toNanos(), device.clock.millis());
    }

    private Duration left() {
        return Duration.ofMillis(end - device.clock.millis());
    }

    /** Goes on to a moment in one step; what is past stays as it is. */
    void goOnTo(Instant moment) {
        Duration step = Duration.ofMillis(moment.toEpochMilli() - device.clock.millis());
        if (step.compareTo(Duration.ZERO) > 0) {
            pass(step, step);
        }
    }

    /** Lets time pass, with a sample of the history after each step. */
    private void pass(Duration length, Duration step) {
        for (Duration left = length; left.compareTo(step) >= 0; left = left.minus(step)) {
            device.clock.advance(step);
            work((double) step.toMillis() / FINE.toMillis());
            device.history.sample();
        }
        device.history.writeSoon();
    }

    private void work(double rounds) {
        double tide = tide();
        partners.stream().filter(this::isOnline).forEach(partner -> work(partner, tide, rounds));
        broadcast((int) (tide * 6 * rounds * random.nextDouble()));
    }

    /** More at some hours of the day than at others, between 0 and 1. */
    private double tide() {
        double hours = device.clock.millis() / HOURS;
        return Math.max(0, 0.5 + 0.45 * Math.sin(hours / 3.8) + 0.2 * Math.sin(hours * 2.1));
    }

    private void work(Partner partner, double tide, double rounds) {
        SyncRecorder recorder = device.metrics.recorder();
        recorder.heartbeatAnswered(partner.id(), millis(3 + random.nextInt(9)));
        recorder.frameSent(partner.id(), MessageType.HEARTBEAT, 90);
        recorder.frameReceived(partner.id(), MessageType.HEARTBEAT, 90);
        int changes = (int) (tide * partner.share() * 90 * rounds * random.nextDouble());
        if (changes > 0) {
            recorder.frameReceived(partner.id(), MessageType.STATE_BATCH, changes * 310);
            apply(partner, Route.LIVE, changes % 5 == 0 ? BeansFixture.TAG : BeansFixture.ENTRY, changes);
        }
    }

    private void apply(Partner partner, Route route, ModelType model, int changes) {
        SyncRecorder recorder = device.metrics.recorder();
        long now = device.clock.millis();
        recorder.changesReceived(partner.id(), route, ModelTally.of(model, changes));
        for (int change = 0; change < changes; change++) {
            recorder.queryRun(micros(20 + random.nextInt(300)));
            recorder.changeApplied(partner.id(), model, micros(400 + random.nextInt(2_400)), now - 40, now);
        }
        recorder.stampMerged(partner.id(), 12, 3);
        recorder.stampApplied(partner.id(), new Hlc(now - 40, 2, partner.id()));
    }

    private void broadcast(int changes) {
        if (changes == 0) {
            return;
        }
        SyncRecorder recorder = device.metrics.recorder();
        ModelTally tally = ModelTally.of(BeansFixture.ENTRY, changes);
        recorder.changesCommitted(tally, null);
        recorder.batchDispatched(tally, device.clock.millis());
        for (Partner partner : partners) {
            if (isOnline(partner)) {
                recorder.batchAddressed(partner.id(), tally, device.clock.millis());
                recorder.frameSent(partner.id(), MessageType.STATE_BATCH, changes * 290);
                recorder.batchDelivered(partner.id(), tally);
            }
        }
        recorder.batchSettled(millis(20 + random.nextInt(90)));
    }

    /** Sends to a partner fail, a row is refused, and a directory cannot be read. */
    void fail(String name) {
        Partner partner = partners.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        SyncRecorder recorder = device.metrics.recorder();
        for (int send = 0; send < 3; send++) {
            device.clock.advance(Duration.ofSeconds(1));
            recorder.broadcastFailed(partner.id(), new Fault("unreachable", "unreachable (StateBatch, 41 changes)"));
            recorder.retryEnqueued(partner.id());
        }
        recorder.changesReceived(partners.get(0).id(), Route.LIVE, ModelTally.of(BeansFixture.ENTRY, 1));
        recorder.changeRejected(
                partners.get(0).id(),
                BeansFixture.ENTRY,
                RejectReason.APPLY_ERROR,
                new Fault("constraint", "entry 0f6c… refused by the database: NOT NULL name"));
        recorder.otherFailed(null, null, new Fault("io", "/mnt/photos cannot be read: Permission denied"));
        recorder.retryExhausted(partner.id());
    }

    private SyncLevels levels() {
        return new SyncLevels(
                SyncState.READY,
                null,
                null,
                Map.of(),
                null,
                0,
                partners.stream().map(this::link).toList());
    }

    private SyncLevels.Link link(Partner partner) {
        boolean online = isOnline(partner);
        return new SyncLevels.Link(
                partner.id(),
                partner.name(),
                online,
                online,
                SyncState.READY,
                false,
                0,
                online ? 0 : 3,
                Map.of(),
                Map.of(),
                Map.of(),
                online ? 4 + 7 * partner.share() : null,
                lag(partner));
    }

    /** None at quiet hours. */
    private @Nullable Long lag(Partner partner) {
        if (!isOnline(partner)) {
            return null;
        }
        double waves = Math.sin(device.clock.millis() / HOURS * 5 + partner.share() * 9);
        return tide() > 0.35 && waves > 0.55 ? Math.round(waves * 180 * tide()) : 0L;
    }

    private boolean isOnline(Partner partner) {
        return !partner.away() || left().compareTo(AWAY_FOR) > 0;
    }

    private static long millis(long amount) {
        return Duration.ofMillis(amount).toNanos();
    }

    private static long micros(long amount) {
        return amount * 1_000;
    }
}
