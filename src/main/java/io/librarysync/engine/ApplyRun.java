package io.librarysync.engine;

import io.librarysync.domain.ConflictOutcome;
import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Fault;
import io.librarysync.domain.Hlc;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.RejectReason;
import io.librarysync.engine.HeldChanges.Held;
import io.librarysync.engine.HeldChanges.Why;
import io.librarysync.engine.Progress.Mark;
import io.librarysync.record.SyncRecorder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One transaction that takes changes. What it did is written by it, but becomes true in memory, and is reported, only when
 * {@link #committed()} is called.
 */
final class ApplyRun {

    private final Device device;
    private final LibraryTransaction library;
    private final SyncRecorder recorder;
    private final ChangeApplier applier;
    private final Map<Scope, Mark> reached = new LinkedHashMap<>();
    private final List<Settled> settled = new ArrayList<>();
    private final List<Held> released = new ArrayList<>();
    private final Set<Long> taken = new HashSet<>();
    private final Map<Long, Held> added = new LinkedHashMap<>();
    private final Map<UUID, List<Held>> addedWaiters = new HashMap<>();
    private final Set<DeviceId> gaps = new HashSet<>();
    private final List<Incoming> overflowed = new ArrayList<>();
    private final Set<DeviceId> aheadOfClock = new HashSet<>();
    private int logged;
    private boolean clockUsed;

    private record Settled(Incoming change, Outcome outcome, long nanos) {}

    /** A change whose turn has come, and as what it was held, if it was. */
    private record Due(Incoming change, @Nullable Held held) {}

    ApplyRun(Device device, LibraryTransaction library, SyncRecorder recorder) {
        this.device = device;
        this.library = library;
        this.recorder = recorder;
        this.applier = new ChangeApplier(library);
    }

    LibraryTransaction library() {
        return library;
    }

    KeyCache keys() {
        return applier.keys();
    }

    void prefetch(Collection<? extends Incoming> changes) {
        applier.keys().prefetch(changes);
    }

    /** How far a scope is, this transaction included. */
    long value(Scope scope) {
        return mark(scope).value();
    }

    /** The origins of changes that were refused because of their stamps. */
    Set<DeviceId> aheadOfClock() {
        return aheadOfClock;
    }

    boolean hasGaps() {
        return !gaps.isEmpty();
    }

    /** From now on a deletion leaves its tree to {@link #deleteTrees}: what moved out of it may be told later. */
    void spareTrees() {
        applier.spareTrees();
    }

    void deleteTrees(ModelType model, Collection<UUID> roots) {
        roots.forEach(root -> library.delete(model, root));
        applier.keys().forget();
    }

    /** Takes a live change, or one of the shared log, which both have their place in an order. */
    void takeInOrder(Incoming change, boolean buffering) {
        Outcome refused = refusal(change);
        boolean follows = change.after() <= value(change.scope());
        if (refused != null) {
            if (follows && hasOrder(change) && movesOn(refused) && change.order() > value(change.scope())) {
                advance(change);
            }
            settled.add(new Settled(change, refused, 0));
        } else if (isKnown(change)) {
            settled.add(new Settled(change, Outcome.rejected(RejectReason.DUPLICATE), 0));
            if (follows && !buffering) {
                takeHeld(change);
            }
        } else if (buffering) {
            holdInTurn(change, Why.BUFFER);
        } else if (follows) {
            advance(change);
            settle(change, null);
        } else {
            gaps.add(change.link());
            holdInTurn(change, Why.GAP);
        }
    }

    /** Takes a row of a page whose place is the page's; {@code again} if rows at or below the watermark count too. */
    void takeFromPage(Incoming change, boolean again) {
        Outcome refused = refusal(change);
        if (refused != null) {
            settled.add(new Settled(change, refused, 0));
        } else if (!again && change.order() <= value(change.scope())) {
            settled.add(new Settled(change, Outcome.rejected(RejectReason.DUPLICATE), 0));
        } else {
            settle(change, null);
        }
    }

    /** Ends a change that never gets as far as the library. */
    void reject(Incoming change, RejectReason reason, @Nullable Fault fault) {
        settled.add(new Settled(change, new Outcome.Rejected(reason, fault, null, false), 0));
    }

    /** Ends a held change without effect. */
    void give(Held held, RejectReason reason, Fault fault) {
        release(held);
        reject(held.change(), reason, fault);
    }

    /** Takes the held changes of a scope as long as one follows the other; marks the link if one does not. */
    void drain(Scope scope) {
        for (Held held : device.held().inTurn(scope)) {
            Incoming change = held.change();
            if (change.order() <= value(scope)) {
                release(held);
                settled.add(new Settled(change, Outcome.rejected(RejectReason.DUPLICATE), 0));
            } else if (change.after() <= value(scope)) {
                advance(change);
                settle(change, held);
            } else {
                gaps.add(change.link());
                return;
            }
        }
    }

    /** What is held of a change whose turn has come, if anything is: a pull that meets only such must get on, too. */
    private void takeHeld(Incoming change) {
        Scope scope = change.scope();
        Held held = change.order() > value(scope) ? device.held().inTurn(scope, change.order()) : null;
        if (held != null) {
            advance(held.change());
            settle(held.change(), held);
        }
    }

    /** Moves a scope forward, at least to {@code to}. */
    void reach(Scope scope, Mark to) {
        if (!scope.origin().equals(device.self())) {
            reached.put(scope, mark(scope).raisedTo(to));
        }
    }

    /** Goes on with whatever waits for the record {@code uuid}. */
    void wake(UUID uuid) {
        Deque<Due> due = new ArrayDeque<>();
        enqueueWaiters(uuid, due);
        settleAll(due);
    }

    /** Writes what moved; the last thing before the commit. */
    void finish() {
        reached.forEach((scope, mark) -> {
            ModelType model = scope.model();
            Hlc stamp = mark.stamp();
            if (model != null) {
                library.raiseWatermark(new Stored.Watermark(scope.origin(), model, mark.value(), mark.millis()));
            } else if (stamp != null) {
                library.raiseAuthorProgress(new Stored.AuthorProgress(scope.origin(), mark.value(), stamp));
            }
        });
        if (clockUsed) {
            library.putClock(device.clock().stored());
        }
    }

    /** The transaction is durable: adopts what it did, and reports every outcome. */
    void committed() {
        reached.forEach(device.progress()::raise);
        released.forEach(device.held()::remove);
        added.values().forEach(device.held()::add);
        long atMillis = recorder.millis();
        Map<DeviceId, Hlc> highest = new HashMap<>();
        for (Settled each : settled) {
            report(each, atMillis, highest);
        }
        highest.forEach(recorder::stampApplied);
        if (!overflowed.isEmpty()) {
            recorder.bufferOverflowed(overflowed.get(0).link(), tally(overflowed.stream()));
        }
        if (logged > 0) {
            recorder.logAppended(logged);
        }
        gaps.forEach(this::markGap);
    }

    /** The changes whose effect this brought about. */
    ModelTally applied() {
        return tally(settled.stream()
                .filter(each -> each.outcome() instanceof Outcome.Applied)
                .map(Settled::change));
    }

    private static ModelTally tally(Stream<Incoming> changes) {
        return ModelTally.count(changes.toList(), change -> LibraryModels.counted(change.model()));
    }

    private void settle(Incoming change, @Nullable Held held) {
        Deque<Due> due = new ArrayDeque<>();
        due.add(new Due(change, held));
        settleAll(due);
    }

    private void settleAll(Deque<Due> due) {
        for (Due next = due.poll(); next != null; next = due.poll()) {
            long started = recorder.nanos();
            Outcome outcome = applier.apply(next.change());
            long nanos = recorder.nanos() - started;
            if (next.held() != null) {
                release(next.held());
            }
            if (outcome instanceof Outcome.Waits waits) {
                hold(next.change(), Why.DEPENDENCY, waits.missing(), sinceOf(next));
                continue;
            }
            settled.add(new Settled(next.change(), outcome, nanos));
            if (outcome instanceof Outcome.Applied) {
                enqueueWaiters(next.change().uuid(), due);
            }
        }
    }

    /** Each once, however many versions of what it waits for are applied. */
    private void enqueueWaiters(UUID uuid, Deque<Due> due) {
        List<Held> added = addedWaiters.getOrDefault(uuid, List.of());
        Stream.concat(device.held().waitersOf(uuid).stream(), added.stream())
                .filter(held -> taken.add(held.id()))
                .forEach(held -> due.add(new Due(held.change(), held)));
    }

    /** The checks that need no place in an order; null if it passes. Merges the stamp it carries. */
    private @Nullable Outcome refusal(Incoming change) {
        var problem = ChangeApplier.problemOf(change);
        if (problem.isPresent()) {
            return Outcome.rejected(RejectReason.VALIDATION, problem.get());
        }
        if (change.origin().equals(device.self()) && !(change instanceof Incoming.Row)) {
            return Outcome.rejected(RejectReason.ECHO);
        }
        Hlc stamp = change.stamp();
        return stamp == null ? null : merge(change, stamp);
    }

    private @Nullable Outcome merge(Incoming change, Hlc stamp) {
        long now = device.nowMillis();
        long ahead = stamp.millis() - now;
        if (ahead > device.config().duration(EngineKey.MAX_CLOCK_AHEAD_SECS).toMillis()) {
            aheadOfClock.add(change.origin());
            return Outcome.rejected(
                    RejectReason.CLOCK_AHEAD,
                    new Fault("clock_ahead", "stamped " + ahead + " ms ahead of this device"));
        }
        if (!stamp.device().equals(device.self())) {
            Hlc merged = device.clock().hlc().merge(stamp, now);
            clockUsed = true;
            recorder.stampMerged(change.link(), ahead, merged.counter());
        }
        return null;
    }

    /** A model that its device does not own, or nobody knows here, has no watermark. */
    private static boolean hasOrder(Incoming change) {
        return !(change instanceof Incoming.Owned)
                || LibraryModels.find(change.model().name())
                        .filter(model -> !model.type().isShared())
                        .isPresent();
    }

    private static boolean movesOn(Outcome refused) {
        return refused instanceof Outcome.Rejected rejected && rejected.reason() != RejectReason.CLOCK_AHEAD;
    }

    private boolean isKnown(Incoming change) {
        Scope scope = change.scope();
        return change.order() <= value(scope) || device.held().inTurn(scope, change.order()) != null;
    }

    /** Moves the scope to this change; an entry of the log is kept for others, whatever becomes of it here. */
    private void advance(Incoming change) {
        if (change instanceof Incoming.Shared shared) {
            boolean known = LibraryModels.find(change.model().name()).isPresent();
            if (known && library.appendLog(shared.change(), device.nowMillis())) {
                logged++;
            }
            Hlc stamp = shared.change().hlc();
            reach(change.scope(), new Mark(change.order(), stamp.millis(), stamp));
        } else if (change instanceof Incoming.Owned owned) {
            reach(change.scope(), new Mark(change.order(), owned.change().changedAt(), null));
        }
    }

    private void holdInTurn(Incoming change, Why why) {
        if (device.held().inTurnCount() + added.size() >= device.config().count(EngineKey.BUFFER_CAPACITY)) {
            gaps.add(change.link());
            overflowed.add(change);
            settled.add(new Settled(change, Outcome.rejected(RejectReason.OVERFLOW), 0));
        } else {
            hold(change, why, null, device.nowMillis());
        }
    }

    private long sinceOf(Due due) {
        return due.held() == null ? device.nowMillis() : due.held().receivedAt();
    }

    private void hold(Incoming change, Why why, @Nullable UUID missing, long receivedAt) {
        Stored.Pending pending = new Stored.Pending(
                0,
                change.origin(),
                change.link(),
                change.model(),
                change.uuid(),
                why.label(),
                missing,
                change.order(),
                device.codec().hold(change),
                receivedAt);
        long id = library.addPending(pending);
        Held held = new Held(id, why, missing, change, receivedAt);
        added.put(id, held);
        if (missing != null) {
            addedWaiters.computeIfAbsent(missing, uuid -> new ArrayList<>()).add(held);
        }
    }

    private void release(Held held) {
        library.removePending(held.id());
        if (added.remove(held.id()) == null) {
            released.add(held);
        }
        taken.add(held.id());
    }

    private Mark mark(Scope scope) {
        Mark mark = reached.get(scope);
        return mark == null ? device.progress().mark(scope) : mark;
    }

    private void markGap(DeviceId link) {
        Peer peer = device.peers().find(link);
        if (peer != null && !peer.gap) {
            peer.gap = true;
            recorder.gapDetected(link);
        }
    }

    private void report(Settled each, long atMillis, Map<DeviceId, Hlc> highest) {
        Incoming change = each.change();
        ModelType model = LibraryModels.counted(change.model());
        if (each.outcome() instanceof Outcome.Applied applied) {
            device.rejections().forget(change);
            reportConflict(change, model, applied.conflict());
            long ownerMillis =
                    change instanceof Incoming.Owned owned ? owned.change().changedAt() : 0;
            recorder.changeApplied(change.link(), model, each.nanos(), ownerMillis, atMillis);
            Hlc stamp = change.stamp();
            if (stamp != null) {
                highest.merge(change.link(), stamp, (a, b) -> a.compareTo(b) >= 0 ? a : b);
            }
        } else if (each.outcome() instanceof Outcome.Rejected rejected) {
            device.rejections().note(change, rejected, device.nowMillis());
            recorder.changeRejected(change.link(), model, rejected.reason(), rejected.fault());
            reportConflict(change, model, rejected.conflict());
            if (rejected.lateAncestor()) {
                recorder.ancestorLate(change.link(), model);
            }
        }
    }

    private void reportConflict(Incoming change, ModelType model, @Nullable ConflictOutcome conflict) {
        if (conflict != null) {
            recorder.conflictSettled(change.link(), model, conflict);
        }
    }
}
