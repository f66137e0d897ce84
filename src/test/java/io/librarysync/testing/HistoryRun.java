package io.librarysync.testing;

import io.librarysync.domain.ModelType;
import io.librarysync.engine.LibraryModels;
import io.librarysync.engine.LocalChange;
import io.librarysync.engine.LocalChange.Put;
import io.librarysync.engine.LocalChange.Remove;
import io.librarysync.engine.RecordData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * A {@link History} as it comes true. After each happening the laws that hold at any moment are checked; at the end all goes
 * well again, every device runs and meets every other, and all laws are checked.
 */
final class HistoryRun {
    private static final Duration LONG = Duration.ofMinutes(20);
    /** A look that broke off when everything else was whole again is repeated by then. */
    private static final Duration UNTIL_LOOKED = Duration.ofSeconds(10);

    private static final Duration UNTIL_PRUNED = Duration.ofSeconds(History.PRUNING_SECONDS + 25);
    private static final Duration QUIET = Duration.ofSeconds(30);
    private static final int KNOWN_CONTENTS = 5;

    private final History history;
    private final TestLibrary library;
    private final Path directory;
    private final List<TestDevice> devices = new ArrayList<>();
    private final Map<Integer, IndexedFolder> folders = new HashMap<>();
    private final Set<Integer> down = new HashSet<>();
    private final Written written = new Written();
    private final LastCounts lastCounts = new LastCounts();
    private Duration jumped = Duration.ZERO;

    private HistoryRun(History history, TestLibrary library, Path directory) {
        this.history = history;
        this.library = library;
        this.directory = directory;
    }

    /**
     * Lets the history come true in an empty directory; an {@link AssertionError} tells what law it broke.
     *
     * @param recorded if false, nothing is measured and no number is checked
     * @return the digests of the content that all devices end with
     */
    static Map<ModelType, String> digestsOf(History history, Path directory, boolean recorded) {
        try (TestLibrary library = new TestLibrary(directory, history.config(), recorded)) {
            HistoryRun run = new HistoryRun(history, library, directory);
            run.begin();
            for (Happening happening : history.happenings()) {
                run.happen(happening);
                if (recorded) {
                    Invariants.checkRunning(library);
                    run.lastCounts.check(library);
                }
            }
            run.end(recorded);
            return run.devices.get(0).store().contentDigests();
        }
    }

    private void begin() {
        for (int i = 0; i < history.devices(); i++) {
            TestDevice device = library.start(Happening.nameOf(i));
            devices.add(device);
            if (history.indexes(i)) {
                folders.put(i, folderOf(i));
                index(i);
            } else {
                device.addLocation();
            }
        }
        for (int i = 1; i < history.devices(); i++) {
            library.connectWithoutRunning(devices.get(i - 1), devices.get(i));
        }
    }

    private IndexedFolder folderOf(int device) {
        try {
            return new IndexedFolder(directory.resolve("files of " + Happening.nameOf(device)), library);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void index(int number) {
        IndexedFolder folder = folders.get(number);
        if (folder != null) {
            folder.indexBy(devices.get(number), history.config());
        }
    }

    private void end(boolean recorded) {
        library.network().heal();
        for (int i = 0; i < devices.size(); i++) {
            start(i);
            devices.get(i).slowDown(Duration.ZERO);
            devices.get(i).failAt(0);
            devices.get(i).failReadAt(0);
            devices.get(i).resume();
        }
        for (int i = 0; i < devices.size(); i++) {
            for (int j = 0; j < i; j++) {
                library.connect(devices.get(i), devices.get(j));
            }
        }
        folders.values().forEach(IndexedFolder::lookAtEverything);
        library.scheduler().advance(UNTIL_LOOKED);
        library.settle();
        if (!library.outlastedItsLog()) {
            written.check(devices.get(0));
        }
        folders.values().forEach(folder -> devices.forEach(folder::check));
        library.scheduler().advance(UNTIL_PRUNED);
        if (recorded) {
            Invariants.checkRunning(library);
            Invariants.check(library);
            Invariants.checkPruned(library);
            Invariants.checkSound(library);
            IdleLaw idle = IdleLaw.of(library);
            library.scheduler().advance(QUIET);
            idle.check(library);
        }
    }

    private void happen(Happening what) {
        SplittableRandom random = new SplittableRandom(what.seed());
        TestDevice one = devices.get(what.one());
        TestDevice other = devices.get(what.other());
        boolean runs = !down.contains(what.one());
        boolean bothRun = runs && !down.contains(what.other());
        switch (what.kind()) {
            case CONNECT -> {
                if (bothRun) {
                    library.connectWithoutRunning(one, other);
                }
            }
            case DISCONNECT -> library.network().disconnect(one.id(), other.id());
            case TEAR -> library.network().tear(one.id(), other.id());
            case PARTITION -> partition(what.one(), what.other());
            case UNREACHABLE -> disturb(what, Faults.ofUnreachable());
            case BLACK_HOLE -> disturb(what, Faults.ofBlackHole());
            case LOSSES -> disturb(what, Faults.losing(what.amount(), what.amount()));
            case DUPLICATES -> disturb(what, Faults.NONE.duplicating(what.amount()));
            case DELAYS -> disturb(what, Faults.losing(5, 5).duplicating(5).delaying(Duration.ofMillis(what.amount())));
            case HEAL -> library.network().heal();
            case START -> start(what.one());
            case SKEW -> library.setSkew(one.id(), Duration.ofSeconds(what.amount()));
            case SKEW_BACK -> library.setSkew(one.id(), Duration.ofSeconds(-what.amount()));
            case TASKS -> library.runSome(what.amount());
            case MOMENT -> library.scheduler().advance(Duration.ofMillis(what.amount()));
            case WHILE -> library.scheduler().advance(Duration.ofSeconds(what.amount()));
            case LONG -> library.scheduler().advance(LONG);
            case WEEK -> jump(Duration.ofDays(what.amount()));
            default -> {
                IndexedFolder folder = IndexedFolder.concerns(what.kind()) ? folders.get(what.one()) : null;
                if (folder != null) {
                    folder.happen(what, random);
                } else if (runs) {
                    happenTo(one, what, random);
                }
            }
        }
    }

    private void happenTo(TestDevice device, Happening what, SplittableRandom random) {
        switch (what.kind()) {
            case KILL -> {
                library.kill(device);
                down.add(what.one());
            }
            case CUT_POWER -> {
                library.cutPower(device);
                down.add(what.one());
            }
            case STOP -> {
                stop(what.one());
                down.add(what.one());
            }
            case RENAME_DEVICE -> {
                stop(what.one());
                String name = Happening.nameOf(what.one()) + " the " + what.amount() + ".";
                devices.set(what.one(), library.restart(device, name));
                index(what.one());
            }
            case PAUSE -> {
                var unused = device.engine().pause();
            }
            case RESUME -> {
                var unused = device.engine().resume();
            }
            case RESET -> device.resetMetrics();
            case SLOW_DISK -> device.slowDown(Duration.ofMillis(what.amount()));
            case FULL_DISK -> device.failAt(what.amount());
            case UNREADABLE_DISK -> device.failReadAt(what.amount());
            default -> {
                if (device.hasLocation() || !IndexedFolder.concerns(what.kind())) {
                    List<LocalChange> changes = writing(device, what, random);
                    written.add(changes, device.engine().commit(changes));
                }
            }
        }
    }

    private void start(int number) {
        if (down.remove(number)) {
            devices.set(number, library.restart(devices.get(number)));
            index(number);
        }
    }

    private void stop(int number) {
        IndexedFolder folder = folders.get(number);
        if (folder != null) {
            folder.endRun();
        }
        library.stop(devices.get(number));
    }

    private void disturb(Happening what, Faults faults) {
        library.network()
                .disturb(devices.get(what.one()).id(), devices.get(what.other()).id(), faults, what.seed());
    }

    private void partition(int one, int other) {
        for (int i = 0; i < devices.size(); i++) {
            for (int j = 0; j < devices.size(); j++) {
                boolean inside = i == one || i == other;
                boolean outside = j != one && j != other;
                if (inside && outside) {
                    library.network().tear(devices.get(i).id(), devices.get(j).id());
                }
            }
        }
    }

    private void jump(Duration ahead) {
        jumped = jumped.plus(ahead);
        library.clock().setWallOffset(jumped);
    }

    // What a device writes

    private List<LocalChange> writing(TestDevice device, Happening what, SplittableRandom random) {
        return switch (what.kind()) {
            case FILES -> device.files(random.nextInt(1_000), what.amount());
            case DIRECTORY -> directory(device, what.amount(), random);
            case MOVE -> move(device, what.amount(), random);
            case RENAME_FILE ->
                some(
                        what.amount(),
                        device.ownFiles(),
                        random,
                        (file, n) -> device.renamed(file, device.rootEntry(), "renamed" + n));
            case DELETE_FILE -> some(what.amount(), device.ownEntries(), random, (entry, n) -> device.removal(entry));
            case TAG -> put(LibraryModels.TAG, what.amount(), random);
            case RENAME_TAG ->
                some(
                        what.amount(),
                        device.all(LibraryModels.TAG),
                        random,
                        (tag, n) -> named(LibraryModels.TAG, tag, n));
            case DELETE_TAG ->
                some(
                        what.amount(),
                        device.all(LibraryModels.TAG),
                        random,
                        (tag, n) -> new Remove(LibraryModels.TAG, tag));
            case PUT_TAG -> putTag(device, what.amount(), random);
            case UNTAG ->
                some(
                        what.amount(),
                        device.all(LibraryModels.ENTRY_TAG),
                        random,
                        (row, n) -> new Remove(LibraryModels.ENTRY_TAG, row));
            case COLLECTION -> collections(device, what.amount(), random);
            case CONTENT -> contents(device, what.amount(), random);
            case REMOVE_LOCATION -> device.locationRemoval();
            default -> throw new AssertionError("nothing is written when " + what);
        };
    }

    private List<LocalChange> directory(TestDevice device, int files, SplittableRandom random) {
        UUID directory = library.uuids().get();
        List<LocalChange> changes = new ArrayList<>();
        changes.add(device.renamed(directory, device.rootEntry(), "directory" + random.nextInt(100)));
        for (int i = 0; i < files; i++) {
            changes.add(device.renamed(library.uuids().get(), directory, "inside" + i));
        }
        return changes;
    }

    private List<LocalChange> move(TestDevice device, int files, SplittableRandom random) {
        List<UUID> own = device.ownFiles();
        if (own.size() < 2) {
            return List.of();
        }
        UUID target = own.get(random.nextInt(own.size()));
        List<UUID> inside = device.filesIn(target);
        List<UUID> others = own.stream().filter(file -> !file.equals(target)).toList();
        boolean out = !inside.isEmpty() && random.nextBoolean();
        return some(
                files,
                out ? inside : others,
                random,
                (file, n) -> device.renamed(file, out ? device.rootEntry() : target, "moved" + n));
    }

    private List<LocalChange> put(ModelType model, int count, SplittableRandom random) {
        List<LocalChange> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            changes.add(named(model, library.uuids().get(), random.nextInt(100)));
        }
        return changes;
    }

    private List<LocalChange> putTag(TestDevice device, int count, SplittableRandom random) {
        List<UUID> tags = device.all(LibraryModels.TAG);
        if (tags.isEmpty()) {
            return List.of();
        }
        UUID tag = tags.get(random.nextInt(tags.size()));
        return some(
                count,
                device.all(LibraryModels.ENTRY),
                random,
                (entry, n) -> new Put(
                        LibraryModels.ENTRY_TAG,
                        library.uuids().get(),
                        RecordData.builder()
                                .reference("entry", entry)
                                .reference("tag", tag)
                                .build()));
    }

    private List<LocalChange> collections(TestDevice device, int count, SplittableRandom random) {
        List<UUID> known = device.all(LibraryModels.COLLECTION);
        if (known.isEmpty() || random.nextInt(3) == 0) {
            return put(LibraryModels.COLLECTION, count, random);
        }
        if (random.nextInt(4) == 0) {
            return some(1, known, random, (each, n) -> new Remove(LibraryModels.COLLECTION, each));
        }
        return some(count, known, random, (each, n) -> named(LibraryModels.COLLECTION, each, n));
    }

    /** Content that several devices may find has the same uuid on each. */
    private List<LocalChange> contents(TestDevice device, int count, SplittableRandom random) {
        List<LocalChange> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long size = 1L + random.nextInt(KNOWN_CONTENTS);
            UUID content = UUID.nameUUIDFromBytes(("content " + size).getBytes(StandardCharsets.UTF_8));
            changes.add(new Put(
                    LibraryModels.CONTENT_IDENTITY,
                    content,
                    RecordData.builder()
                            .put("hash", "hash of " + size)
                            .put("size", size)
                            .build()));
            changes.add(device.file(library.uuids().get(), "content" + size, content, size));
        }
        return changes;
    }

    private static Put named(ModelType model, UUID uuid, int number) {
        return new Put(
                model,
                uuid,
                RecordData.builder().put("name", "name" + number % 7).build());
    }

    private static List<LocalChange> some(
            int count, List<UUID> candidates, SplittableRandom random, BiFunction<UUID, Integer, LocalChange> change) {
        List<UUID> left = new ArrayList<>(candidates);
        List<LocalChange> changes = new ArrayList<>();
        while (changes.size() < count && !left.isEmpty()) {
            changes.add(change.apply(left.remove(random.nextInt(left.size())), random.nextInt(100)));
        }
        return changes;
    }
}
