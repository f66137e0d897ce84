package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Hlc;
import io.librarysync.domain.Route;
import io.librarysync.domain.SessionKind;
import io.librarysync.engine.Progress.Mark;
import io.librarysync.record.SyncRecorder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Pulls the shared log of a peer, after a snapshot of all shared records where the log does not reach back far enough. */
final class SharedPull implements Pull {

    private static final String SCOPE = "shared";

    private final Device device;
    private final PullSession session;
    private final long startedMillis;
    private @Nullable Map<DeviceId, Long> vector;
    private @Nullable String cursor;
    private final Set<DeviceId> aheadOfClock = new HashSet<>();
    private Map<DeviceId, Long> asked = Map.of();
    private boolean begun;
    private long records;

    SharedPull(Device device, PullSession session) {
        this.device = device;
        this.session = session;
        this.startedMillis = device.nowMillis();
    }

    @Override
    public void next() {
        asked = have();
        session.request(
                new Message.SharedChangeRequest(
                        session.id(), asked, device.config().count(EngineKey.BACKFILL_BATCH_SIZE), cursor),
                null,
                Message.SharedChangeResponse.class,
                this::take);
    }

    /** What we have of every author that the peer knows, in a first backfill nothing: that asks for the snapshot. */
    private Map<DeviceId, Long> have() {
        Map<DeviceId, Long> have = new HashMap<>(device.progress().authorsBut(device.self()));
        if (have.isEmpty() && session.kind() == SessionKind.BACKFILL) {
            return have;
        }
        Heads heads = session.peer().heads;
        if (heads != null) {
            heads.shared().keySet().stream()
                    .filter(author -> !author.equals(device.self()))
                    .forEach(author -> have.putIfAbsent(author, 0L));
        }
        return have;
    }

    private void take(Message.SharedChangeResponse page, SyncRecorder recorder) {
        if (page.snapshotVector() != null) {
            vector = page.snapshotVector();
        }
        if (!goesOn(page)) {
            session.pullMalformed("a snapshot that does not go on from " + cursor, recorder);
            return;
        }
        boolean ofSnapshot = vector != null;
        begin(ofSnapshot, recorder);
        List<Incoming> changes = changesOf(page);
        Route route = ofSnapshot ? Route.SNAPSHOT : session.route();
        if (!session.take(changes, route, recorder, run -> takeAll(run, changes, page))) {
            return;
        }
        cursor = page.snapshotCursor();
        if (cursor == null) {
            vector = null;
        }
        boolean moved = !have().equals(asked);
        boolean more = ofSnapshot ? cursor != null || (aheadOfClock.isEmpty() && moved) : page.hasMore() && moved;
        if (more) {
            next();
        } else {
            session.pullDone();
        }
    }

    /** Whether the page of a snapshot is followed by one further on, if by any. */
    private boolean goesOn(Message.SharedChangeResponse page) {
        String at = cursor;
        String next = page.snapshotCursor();
        return at == null || next == null || SnapshotCursor.parse(next).isBeyond(SnapshotCursor.parse(at));
    }

    private void begin(boolean ofSnapshot, SyncRecorder recorder) {
        if (begun) {
            return;
        }
        begun = true;
        boolean fromNothing = asked.values().stream().allMatch(seq -> seq == 0);
        recorder.pullBegun(session.peer().id, ofSnapshot || fromNothing);
        if (ofSnapshot && !fromNothing) {
            recorder.fullPullForced(session.peer().id, session.session(), null);
        }
    }

    private void takeAll(ApplyRun run, List<Incoming> changes, Message.SharedChangeResponse page) {
        for (Incoming change : changes) {
            if (change instanceof Incoming.Row) {
                run.takeFromPage(change, true);
            } else {
                run.takeInOrder(change, false);
            }
        }
        records += changes.size();
        aheadOfClock.addAll(run.aheadOfClock());
        Map<DeviceId, Long> complete = vector;
        if (complete != null && page.snapshotCursor() == null) {
            complete.forEach((author, seq) -> reach(run, author, seq));
        }
        checkpoint(run, page);
    }

    /** The snapshot stands for the author's log up to {@code seq}, which we can not serve; unless a part of it was refused. */
    private void reach(ApplyRun run, DeviceId author, long seq) {
        boolean whole = !aheadOfClock.contains(author);
        if (!whole || author.equals(device.self()) || seq <= run.value(Scope.shared(author))) {
            return;
        }
        Heads heads = session.peer().heads;
        Hlc known = heads == null ? null : heads.stamp(author);
        Hlc stamp = known == null ? new Hlc(0, 0, author) : known;
        run.reach(Scope.shared(author), new Mark(seq, stamp.millis(), stamp));
        run.library().raiseFloor(new Stored.Floor(Scope.shared(author), seq));
    }

    private void checkpoint(ApplyRun run, Message.SharedChangeResponse page) {
        run.library()
                .putCheckpoint(new Stored.Checkpoint(
                        SCOPE,
                        page.snapshotCursor(),
                        vector == null ? null : vector.toString(),
                        vector != null,
                        records,
                        startedMillis,
                        device.nowMillis()));
    }

    private List<Incoming> changesOf(Message.SharedChangeResponse page) {
        DeviceId link = session.peer().id;
        if (!page.snapshot().isEmpty()) {
            return page.snapshot().stream()
                    .map(row -> (Incoming) new Incoming.Row(link, row))
                    .toList();
        }
        return page.entries().stream()
                .map(entry -> (Incoming) new Incoming.Shared(link, entry))
                .toList();
    }
}
