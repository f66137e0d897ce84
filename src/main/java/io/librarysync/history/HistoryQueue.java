package io.librarysync.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What waits to be written, bounded. One thread at a time writes; whoever adds never waits for it. A batch that could not be
 * written waits on and is tried again as it was.
 */
final class HistoryQueue {
    private final SnapshotStore store;
    private final int capacity;
    private final Runnable dropped;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private Set<Sample> written = Set.of();

    /**
     * An entry that waits.
     *
     * @param id told once it is written: that of its whole snapshot, −1 if it has none
     */
    record Waiting(Entry entry, CompletableFuture<Long> id) {
        private static final long NONE = -1;

        static Waiting of(Entry entry) {
            return new Waiting(entry, new CompletableFuture<>());
        }

        boolean isSample() {
            return entry instanceof Entry.Taken;
        }

        boolean hasSnapshot() {
            return entry instanceof Entry.Taken taken && taken.json() != null;
        }
    }

    /** @param dropped hears of each sample for which there was no room */
    HistoryQueue(SnapshotStore store, int capacity, Runnable dropped) {
        this.store = store;
        this.capacity = capacity;
        this.dropped = dropped;
    }

    boolean add(Entry entry) {
        add(Waiting.of(entry));
        return true;
    }

    /** Adds an entry. When there is no room for a sample the oldest one that waits is given up; epochs never are. */
    void add(Waiting entry) {
        synchronized (waiting) {
            waiting.addLast(entry);
            if (waiting.size() > capacity && giveUpOldest()) {
                dropped.run();
            }
        }
    }

    private boolean giveUpOldest() {
        Optional<Waiting> oldest = waiting.stream().filter(Waiting::isSample).findFirst();
        return oldest.isPresent() && waiting.remove(oldest.get());
    }

    /** Takes back entries that were added and are not wanted any more. */
    void withdraw(List<Entry> entries) {
        synchronized (waiting) {
            waiting.removeIf(each -> entries.contains(each.entry()));
        }
    }

    /**
     * Writes all that waits; if that fails, it waits on.
     *
     * @return whether anything waited
     */
    synchronized boolean write() {
        List<Waiting> batch;
        synchronized (waiting) {
            batch = List.copyOf(waiting);
        }
        if (batch.isEmpty()) {
            return false;
        }
        List<Entry> readable = readable(batch.stream().map(Waiting::entry).toList());
        Iterator<Long> ids = store.write(readable).iterator();
        synchronized (waiting) {
            Set<Waiting> done = Collections.newSetFromMap(new IdentityHashMap<>());
            done.addAll(batch);
            waiting.removeIf(done::contains);
        }
        remember(readable);
        batch.forEach(each -> each.id().complete(each.hasSnapshot() ? ids.next() : Waiting.NONE));
        return true;
    }

    /** The same entries; samples whose base was given up stand alone. */
    private List<Entry> readable(List<Entry> batch) {
        Set<Sample> known = new HashSet<>(written);
        List<Entry> readable = new ArrayList<>();
        for (Entry entry : batch) {
            readable.add(entry instanceof Entry.Taken taken ? readable(taken, known) : entry);
        }
        return readable;
    }

    private static Entry.Taken readable(Entry.Taken taken, Set<Sample> known) {
        Sample base = taken.sample().base();
        known.add(taken.sample());
        return base == null || known.contains(base)
                ? taken
                : new Entry.Taken(taken.sample().alone(), taken.transitions(), taken.errors(), taken.json());
    }

    /** Of all that was written, later samples can only be the difference to the last one and what that one stands on. */
    private void remember(List<Entry> batch) {
        Set<Sample> bases = new HashSet<>(written);
        batch.forEach(entry -> {
            if (entry instanceof Entry.Taken taken) {
                bases.clear();
                for (Sample base = taken.sample(); base != null; base = base.base()) {
                    bases.add(base);
                }
            }
        });
        written = bases;
    }
}
