package io.librarysync.testing;

import io.librarysync.domain.ModelType;
import io.librarysync.engine.LibraryModels;
import io.librarysync.engine.LocalChange;
import io.librarysync.engine.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * What devices wrote, and so what a library must still have in the end: a shared record that was committed anywhere and
 * deleted nowhere, unless what it refers to is gone.
 */
final class Written {
    private final List<Commit> commits = new ArrayList<>();

    private record Commit(List<LocalChange> changes, CompletableFuture<Void> done) {}

    void add(List<LocalChange> changes, CompletableFuture<Void> done) {
        commits.add(new Commit(changes, done));
    }

    /** Checks that a device that knows everything has all of it. */
    void check(TestDevice device) {
        Findings findings = new Findings();
        commits.forEach(commit -> demandDone(findings, commit));
        Map<UUID, LocalChange.Put> kept = kept();
        Map<ModelType, Set<UUID>> there = new HashMap<>();
        LibraryModels.types().forEach(model -> there.put(model, new HashSet<>(device.all(model))));
        kept.values().stream()
                .filter(put -> refersToWhatIsThere(put, there))
                .forEach(put -> findings.holds(
                        device.name() + " lost " + put.model(),
                        there.getOrDefault(put.model(), Set.of()).contains(put.uuid()),
                        put));
        findings.demandNone();
    }

    /** A commit may be refused for what it refers to, because its device stops or its disk is full; for nothing else. */
    private static void demandDone(Findings findings, Commit commit) {
        if (commit.done().isCompletedExceptionally()) {
            Throwable why = commit.done().handle((done, failure) -> failure).join();
            boolean refused = why instanceof IllegalArgumentException
                    || why instanceof IllegalStateException
                    || why instanceof StoreException;
            findings.holds("a commit failed", refused, why);
        }
    }

    private Map<UUID, LocalChange.Put> kept() {
        Map<UUID, LocalChange.Put> kept = new HashMap<>();
        for (Commit commit : commits) {
            boolean done = commit.done().isDone() && !commit.done().isCompletedExceptionally();
            for (LocalChange change : commit.changes()) {
                if (done && change.model().isShared() && change instanceof LocalChange.Put put) {
                    kept.put(put.uuid(), put);
                }
            }
        }
        commits.stream()
                .flatMap(commit -> commit.changes().stream())
                .filter(LocalChange.Remove.class::isInstance)
                .forEach(change -> kept.remove(change.uuid()));
        return kept;
    }

    private static boolean refersToWhatIsThere(LocalChange.Put put, Map<ModelType, Set<UUID>> there) {
        return LibraryModels.of(put.model()).foreignKeys().stream().allMatch(key -> put.data()
                .reference(key)
                .filter(target -> !there.getOrDefault(key.target(), Set.of()).contains(target))
                .isEmpty());
    }
}
