package io.librarysync.history;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last samples, in memory; a full ring forgets the oldest. Safe from any thread. */
final class SampleRing {
    private final int capacity;
    private final Deque<Held> newestFirst = new ArrayDeque<>();

    /** One sample and what led to it. */
    private record Held(Epoch epoch, Entry.Taken taken) {
        Sample sample() {
            return taken.sample();
        }

        boolean isFirst() {
            return sample().number() == 1;
        }
    }

    /** What a search in the ring has found. */
    record Search(Optional<Mark> found, Sample.@Nullable Key oldest) {}

    SampleRing(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a ring holds at least one sample, not " + capacity);
        }
        this.capacity = capacity;
    }

    synchronized void add(Epoch epoch, Entry.Taken taken) {
        newestFirst.addFirst(new Held(epoch, taken));
        if (newestFirst.size() > capacity) {
            newestFirst.removeLast();
        }
    }

    synchronized int size() {
        return newestFirst.size();
    }

    int capacity() {
        return capacity;
    }

    /** The last moment in order at or before a time; what is older than the ring has to be looked for elsewhere. */
    synchronized Search newest(Instant atOrBefore) {
        for (Held held : newestFirst) {
            if (!held.sample().takenAt().isAfter(atOrBefore)) {
                return new Search(Optional.of(new Mark(held.epoch(), held.sample())), null);
            }
            if (held.isFirst() && !held.epoch().startedAt().isAfter(atOrBefore)) {
                return new Search(Optional.of(new Mark(held.epoch(), null)), null);
            }
        }
        return new Search(
                Optional.empty(),
                newestFirst.isEmpty() ? null : newestFirst.getLast().sample().key());
    }

    /** The last sample of an epoch that is still held. */
    synchronized Optional<Sample> last(String epoch) {
        return newestFirst.stream()
                .map(Held::sample)
                .filter(sample -> sample.epoch().equals(epoch))
                .findFirst();
    }

    /**
     * What was taken after one moment.
     *
     * @param after the moment asked for or, where the ring does not reach back so far, its oldest sample
     * @param taken oldest first
     */
    record Tail(Mark after, List<Entry.Taken> taken) {}

    /** What was taken after {@code mark} up to {@code end}, as far as it is held; empty if {@code end} is not held. */
    synchronized Optional<Tail> between(Mark mark, Sample end) {
        Deque<Entry.Taken> oldestFirst = new ArrayDeque<>();
        boolean met = false;
        for (Held held : newestFirst) {
            met |= held.sample() == end;
            if (met && held.sample() == mark.sample()) {
                return Optional.of(new Tail(mark, List.copyOf(oldestFirst)));
            }
            if (met) {
                oldestFirst.addFirst(held.taken());
            }
            if (met
                    && held.isFirst()
                    && mark.sample() == null
                    && held.epoch().id().equals(mark.epoch().id())) {
                return Optional.of(new Tail(mark, List.copyOf(oldestFirst)));
            }
        }
        return met ? Optional.of(cutAtOldest(oldestFirst)) : Optional.empty();
    }

    private Tail cutAtOldest(Deque<Entry.Taken> oldestFirst) {
        Held oldest = newestFirst.getLast();
        List<Entry.Taken> taken = List.copyOf(oldestFirst);
        return new Tail(new Mark(oldest.epoch(), oldest.sample()), taken.subList(1, taken.size()));
    }
}
