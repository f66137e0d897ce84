package io.librarysync.engine;

import io.librarysync.domain.Fault;
import io.librarysync.engine.DirectoryScan.Found;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks at directories one after the other and commits what differs from the library, parents first, in batches. Deletions
 * come last, so that a file which moved within its location is found again first and keeps its uuid.
 */
final class IndexPass {

    /** What a pass needs of the indexer that runs it. */
    interface Surroundings {

        /** The location, unless it is offline: then nothing about it may be concluded. */
        @Nullable
        Location online(UUID location);

        /** Begins to watch a directory. */
        void watch(IndexedDirectory directory);

        /** Looks at a directory again soon. */
        void lookAgain(Path directory);

        /** Something is wrong with a file or directory, as it may have been at the last look. */
        void stands(UUID entry, Fault fault);

        /** Nothing is wrong with it any more. */
        void isGone(UUID entry);

        /** Reports a failure that nobody else has reported. */
        void failed(Throwable why);

        /** Everything was looked at and committed. */
        void ended();

        /**
         * The pass ended before its time; what was not committed is found by a later one.
         *
         * @param at the directory that was looked at last
         * @param unnoted the new entries that may not have come into the library
         */
        void brokenOff(@Nullable Path at, Set<UUID> unnoted, Throwable why);
    }

    private final IndexTools tools;
    private final Surroundings surroundings;
    private final Deque<IndexedDirectory> queue = new ArrayDeque<>();
    private final List<LocalChange> batch = new ArrayList<>();
    private final Set<UUID> uncommitted = new HashSet<>();
    private final Set<UUID> looked = new HashSet<>();
    private final Map<UUID, Missing> missing = new HashMap<>();
    private final Set<UUID> placed = new HashSet<>();
    private @Nullable Path at;

    /** An entry whose file is not where it was. */
    private record Missing(UUID location, Stored.KnownEntry entry) {}

    IndexPass(IndexTools tools, Surroundings surroundings) {
        this.tools = tools;
        this.surroundings = surroundings;
    }

    void add(IndexedDirectory directory) {
        queue.addLast(directory);
    }

    /** Goes on until the queue is empty and everything is committed, or until it fails. */
    void run() {
        guarded(this::next);
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            surroundings.failed(e);
            breakOff(e);
        }
    }

    private void next() {
        IndexedDirectory next = queue.pollFirst();
        if (next == null) {
            removeMissing();
        } else if (isUnsettled(next)) {
            queue.addFirst(next);
            commit(this::run);
        } else {
            looked.add(next.entry());
            at = next.path();
            lookAt(next);
        }
    }

    /** Whether the library does not hold yet what is known of the directory: a look now would find everything anew. */
    private boolean isUnsettled(IndexedDirectory directory) {
        return looked.contains(directory.entry()) || (uncommitted.contains(directory.entry()) && !directory.fresh());
    }

    private void lookAt(IndexedDirectory directory) {
        Location location = surroundings.online(directory.location());
        DirectoryScan scan = location == null ? null : scan(directory);
        if (location == null || scan == null) {
            tools.loop().execute(this::run);
            return;
        }
        boolean isRoot = directory.entry().equals(location.rootEntry());
        compare(directory, isRoot ? tools.rootKey(location) : directory.fileKey(), isRoot, scan);
    }

    /** @param keyBefore what the file system called the directory when its entry was written */
    private void compare(IndexedDirectory directory, @Nullable String keyBefore, boolean isRoot, DirectoryScan scan) {
        if (isAway(keyBefore, isRoot, scan)) {
            surroundings.stands(directory.entry(), lostDisk(directory.path()));
            tools.loop().execute(this::run);
            return;
        }
        surroundings.isGone(directory.entry());
        rekey(directory, keyBefore, scan.fileKey());
        scan.missing().stream()
                .filter(entry -> !placed.contains(entry.uuid()))
                .forEach(entry -> missing(directory, keyBefore, entry, scan));
        scan.found().stream().filter(Found::isUnchanged).forEach(found -> unchanged(directory, found));
        differing(
                directory,
                scan.found().stream().filter(found -> !found.isUnchanged()).toList());
    }

    /**
     * Whether what is there says nothing of what was: another disk is there without most of what was, or the root is
     * another directory and empty. A disk whose number alone has changed has its files still.
     */
    private static boolean isAway(@Nullable String keyBefore, boolean isRoot, DirectoryScan scan) {
        boolean isEmptied = scan.found().isEmpty() && !scan.missing().isEmpty();
        boolean isAnother = keyBefore != null && !keyBefore.equals(scan.fileKey());
        return (isRoot && isEmptied && isAnother)
                || (scan.hasLostMost() && FileFacts.areOnDifferentDevices(keyBefore, scan.fileKey()));
    }

    private void missing(
            IndexedDirectory directory, @Nullable String keyBefore, Stored.KnownEntry entry, DirectoryScan scan) {
        if (scan.isLostDisk(entry, keyBefore)) {
            surroundings.stands(entry.uuid(), lostDisk(directory.path().resolve(entry.name())));
        } else {
            missing.put(entry.uuid(), new Missing(directory.location(), entry));
        }
    }

    private static Fault lostDisk(Path path) {
        return new Fault("offline", "the disk at " + path + " is missing; its entries are kept until it is back");
    }

    private void rekey(IndexedDirectory directory, @Nullable String before, @Nullable String now) {
        if (before != null && now != null && !now.equals(before)) {
            batch.add(new LocalChange.Rekey(directory.entry(), now));
            surroundings.watch(directory.withKey(now));
        }
    }

    /** Takes what differs in the size of a batch, so that one huge directory is neither read nor committed at once. */
    private void differing(IndexedDirectory directory, List<Found> files) {
        List<Found> now = files.subList(0, Math.min(tools.batchSize(), files.size()));
        List<Found> later = files.subList(now.size(), files.size());
        identify(now, contents -> {
            now.forEach(found -> differs(directory, found, contents.get(found.path())));
            Runnable next = later.isEmpty() ? this::run : () -> differing(directory, later);
            if (batch.size() >= tools.batchSize()) {
                commit(next);
            } else {
                next.run();
            }
        });
    }

    private @Nullable DirectoryScan scan(IndexedDirectory directory) {
        surroundings.watch(directory);
        try {
            return tools.scan(directory);
        } catch (NoSuchFileException | NotDirectoryException e) {
            // it vanished: the look at its parent decides what that means
            return null;
        } catch (IOException e) {
            surroundings.stands(
                    directory.entry(), ReadFailure.fault("directory", directory.path(), ReadFailure.reasonOf(e)));
            return null;
        }
    }

    private void unchanged(IndexedDirectory parent, Found found) {
        Stored.KnownEntry known = found.known();
        if (known == null) {
            return;
        }
        place(known.uuid());
        String key = found.facts().fileKey();
        boolean replaced = key != null && !key.equals(known.fileKey());
        if (found.facts().isDirectory() && (parent.deep() || replaced)) {
            add(new IndexedDirectory(parent.location(), known.uuid(), found.path(), known.fileKey(), true, false));
        } else if (key != null && replaced) {
            batch.add(new LocalChange.Rekey(known.uuid(), key));
        }
    }

    /** Reads the content of those that have some, side by side; then goes on with it on the indexer's own scheduler. */
    private void identify(List<Found> files, Consumer<Map<Path, ContentHasher.Outcome>> then) {
        Map<Path, CompletableFuture<ContentHasher.Outcome>> reading = files.stream()
                .filter(found -> found.facts().hasContent())
                .collect(Collectors.toMap(Found::path, tools::identify));
        var unused = CompletableFuture.allOf(reading.values().toArray(CompletableFuture<?>[]::new))
                .whenCompleteAsync(
                        (done, failure) -> guarded(() -> then.accept(reading.entrySet().stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                                        .join())))),
                        tools.loop());
    }

    private void differs(IndexedDirectory parent, Found found, ContentHasher.@Nullable Outcome content) {
        if (content instanceof ContentHasher.Unsettled) {
            surroundings.lookAgain(parent.path());
            return;
        }
        Stored.KnownEntry known = found.known();
        UUID before = known != null ? known.uuid() : movedFrom(parent, found);
        UUID uuid = before != null ? before : tools.newUuid();
        place(uuid);
        if (content instanceof ContentHasher.Unreadable unreadable) {
            surroundings.stands(uuid, ReadFailure.fault("file", found.path(), unreadable.reason()));
            if (found.isAsNoted()) {
                unchanged(parent, found);
                return;
            }
        } else {
            surroundings.isGone(uuid);
        }
        UUID identity = content instanceof ContentHasher.Identity read ? putIdentity(read) : null;
        batch.add(tools.entry(parent, found, uuid, identity));
        uncommitted.add(uuid);
        if (found.facts().isDirectory()) {
            add(new IndexedDirectory(
                    parent.location(), uuid, found.path(), found.facts().fileKey(), true, before == null));
        }
    }

    private UUID putIdentity(ContentHasher.Identity identity) {
        batch.add(new LocalChange.Put(LibraryModels.CONTENT_IDENTITY, identity.uuid(), identity.data()));
        return identity.uuid();
    }

    /** The entry of the same file at its old place in the location, if it is no longer there. */
    private @Nullable UUID movedFrom(IndexedDirectory parent, Found found) {
        String key = found.facts().fileKey();
        if (key == null || tools.isNew(parent.location())) {
            return null;
        }
        UUID uuid = missing.values().stream()
                .filter(gone -> gone.location().equals(parent.location()) && isSameFile(gone.entry(), found))
                .map(gone -> gone.entry().uuid())
                .findFirst()
                .orElseGet(() -> tools.goneFrom(parent.location(), key, found));
        return uuid == null || placed.contains(uuid) ? null : uuid;
    }

    /** The entry has its place: it is neither missing nor can it be found again anywhere else. */
    private void place(UUID entry) {
        placed.add(entry);
        missing.remove(entry);
    }

    private static boolean isSameFile(Stored.KnownEntry entry, Found found) {
        return found.facts().kind().equals(entry.kind())
                && entry.fileKey() != null
                && entry.fileKey().equals(found.facts().fileKey());
    }

    private void removeMissing() {
        for (Missing gone : missing.values()) {
            if (surroundings.online(gone.location()) != null) {
                surroundings.isGone(gone.entry().uuid());
                batch.add(
                        new LocalChange.Remove(LibraryModels.ENTRY, gone.entry().uuid()));
            }
        }
        missing.clear();
        commit(surroundings::ended);
    }

    private void commit(Runnable then) {
        if (batch.isEmpty()) {
            uncommitted.clear();
            looked.clear();
            tools.loop().execute(then);
            return;
        }
        List<LocalChange> first = batch.subList(0, Math.min(tools.batchSize(), batch.size()));
        List<LocalChange> changes = List.copyOf(first);
        first.clear();
        var unused = tools.commit(changes)
                .whenCompleteAsync((done, failure) -> guarded(() -> committed(failure, then)), tools.loop());
    }

    /** A batch that could not be committed has written nothing. */
    private void committed(@Nullable Throwable failure, Runnable then) {
        if (failure == null) {
            commit(then);
            return;
        }
        if (!(failure instanceof StoreException)) { // the writer reports those
            surroundings.failed(failure);
        }
        breakOff(failure);
    }

    private void breakOff(Throwable why) {
        batch.clear();
        queue.clear();
        missing.clear();
        surroundings.brokenOff(at, Set.copyOf(uncommitted), why);
    }
}
