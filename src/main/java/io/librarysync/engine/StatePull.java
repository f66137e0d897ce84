package io.librarysync.engine;

import io.librarysync.domain.ModelType;
import io.librarysync.engine.Progress.Mark;
import io.librarysync.record.SyncRecorder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Pulls one model of one owner, by rev. */
final class StatePull implements Pull {

    private final Device device;
    private final PullSession session;
    private final Scope scope;
    private final ModelType model;
    private final long startedMillis;
    private final boolean replaces;
    private final Set<UUID> confirmed = new HashSet<>();
    private final Set<UUID> deleted = new LinkedHashSet<>();
    private long firstDeletion = Long.MAX_VALUE;
    private boolean full;
    private boolean begun;
    private long cursor;
    private long records;

    StatePull(Device device, PullSession session, Scope scope, ModelType model) {
        this.device = device;
        this.session = session;
        this.scope = scope;
        this.model = model;
        this.startedMillis = device.nowMillis();
        this.cursor = device.progress().value(scope);
        this.full = cursor == 0;
        this.replaces = cursor > 0;
    }

    @Override
    public void next() {
        session.request(
                new Message.StateRequest(
                        session.id(),
                        model,
                        scope.origin(),
                        cursor,
                        device.config().count(EngineKey.BACKFILL_BATCH_SIZE),
                        full),
                model,
                Message.StateResponse.class,
                this::take);
    }

    private void take(Message.StateResponse page, SyncRecorder recorder) {
        String problem = problemOf(page);
        if (problem != null) {
            session.pullMalformed(problem, recorder);
            return;
        }
        if (page.fullRequired()) {
            recorder.fullPullForced(session.peer().id, session.session(), model);
            full = true;
            cursor = 0;
            next();
            return;
        }
        if (!begun) {
            begun = true;
            recorder.pullBegun(session.peer().id, full);
        }
        if (!session.take(changesOf(page), session.route(), recorder, run -> takeAll(run, page))) {
            return;
        }
        cursor = page.toRev();
        if (page.hasMore()) {
            next();
        } else {
            session.pullDone();
        }
    }

    /** Why the page cannot be one of this pull; null if it can. */
    private @Nullable String problemOf(Message.StateResponse page) {
        if (!page.model().equals(model) || !page.owner().equals(scope.origin())) {
            return "a page of " + page.model() + " of " + page.owner() + " that nobody asked for";
        }
        if (page.fullRequired()) {
            return full ? "a full pull is to be followed by another" : null;
        }
        boolean forward = page.hasMore() ? page.toRev() > cursor : page.toRev() >= cursor;
        return forward && areInOrder(page) ? null : "a page that does not go on from " + cursor;
    }

    private boolean areInOrder(Message.StateResponse page) {
        long before = cursor + 1;
        for (StateChange change : page.records()) {
            if (change.rev() < before || change.rev() > page.toRev()) {
                return false;
            }
            before = change.rev();
        }
        return true;
    }

    /**
     * A page tells where a record is now, not when it came there: one that left a tree before the tree was deleted may be on a
     * later page. So the trees go last, and the watermark stays below their deletions until then.
     */
    private void takeAll(ApplyRun run, Message.StateResponse page) {
        run.spareTrees();
        for (Incoming change : changesOf(page)) {
            noteDeletion(run, change);
            run.takeFromPage(change, full);
            confirmed.add(change.uuid());
        }
        records += page.records().size();
        Long completeTo = page.completeTo();
        boolean last = !page.hasMore();
        if (!full || !replaces || last) {
            long reached = last && completeTo != null
                    ? Math.max(completeTo, page.toRev())
                    : Math.min(page.toRev(), firstDeletion - 1);
            run.reach(scope, new Mark(reached, newestMillis(page, reached), null));
        }
        if (last) {
            run.deleteTrees(model, deleted);
        }
        if (last && full) {
            deleteUnconfirmed(run, completeTo == null ? page.toRev() : completeTo);
            raiseFloor(run);
        }
        checkpoint(run, page);
    }

    private void noteDeletion(ApplyRun run, Incoming change) {
        boolean takesSomething = change.data() == null
                && run.library()
                        .ownedRow(model, change.uuid())
                        .filter(row -> row.owner().equals(scope.origin()))
                        .isPresent();
        if (takesSomething) {
            deleted.add(change.uuid());
            firstDeletion = Math.min(firstDeletion, change.order());
        }
    }

    /** What a full pull did not name is gone at its owner, and the deletion was pruned before we saw it. */
    private void deleteUnconfirmed(ApplyRun run, long completeTo) {
        if (!replaces) {
            return;
        }
        List<UUID> gone = new ArrayList<>(run.library().ownedUpTo(model, scope.origin(), completeTo));
        gone.removeAll(confirmed);
        run.deleteTrees(model, gone);
    }

    /** We have no deletion that the peer does not have. */
    private void raiseFloor(ApplyRun run) {
        long floor = session.floorOf(scope);
        if (floor > 0) {
            run.library().raiseFloor(new Stored.Floor(scope, floor));
        }
    }

    private void checkpoint(ApplyRun run, Message.StateResponse page) {
        run.library()
                .putCheckpoint(new Stored.Checkpoint(
                        model.name() + " " + scope.origin(),
                        Long.toString(page.toRev()),
                        null,
                        full,
                        records,
                        startedMillis,
                        device.nowMillis()));
    }

    private long newestMillis(Message.StateResponse page, long reached) {
        Heads heads = session.peer().heads;
        long newest = device.progress().mark(scope).millis();
        if (heads != null && heads.value(scope) == reached) {
            newest = heads.millis(scope);
        }
        for (StateChange change : page.records()) {
            newest = Math.max(newest, change.changedAt());
        }
        return newest;
    }

    private List<Incoming> changesOf(Message.StateResponse page) {
        List<Incoming> changes = new ArrayList<>();
        long after = cursor;
        for (StateChange change : page.records()) {
            changes.add(new Incoming.Owned(session.peer().id, scope.origin(), model, after, change));
            after = change.rev();
        }
        return changes;
    }
}
