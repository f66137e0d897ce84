package io.librarysync.testing;

import io.librarysync.history.Entry;
import io.librarysync.history.Epoch;
import io.librarysync.history.Mark;
import io.librarysync.history.Retention;
import io.librarysync.history.Sample;
import io.librarysync.history.SnapshotStore;
import io.librarysync.history.SnapshotStoreException;
import io.librarysync.history.StoredSnapshot;
import io.librarysync.instrument.SeriesCatalogue;
import io.librarysync.metrics.ErrorEvent;
import io.librarysync.metrics.StateTransition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store on the heap that can be told to fail. */
public final class MemorySnapshotStore implements SnapshotStore {
    private final List<Epoch> epochs = new ArrayList<>();
    private final List<Entry.Taken> taken = new ArrayList<>();
    private final List<StoredSnapshot> snapshots = new ArrayList<>();
    private SeriesCatalogue catalogue = new SeriesCatalogue();
    private @Nullable String failure;

    public void failWith(@Nullable String reason) {
        failure = reason;
    }

    @Override
    public synchronized Found resume() {
        requireWorking();
        for (int i = 0; i < epochs.size(); i++) {
            Epoch epoch = epochs.get(i);
            if (epoch.isOpen()) {
                Instant end = last(epoch.id()).map(Sample::takenAt).orElse(epoch.startedAt());
                epochs.set(i, epoch.ended(end, Epoch.Ending.CRASH));
            }
        }
        return new Found(catalogue, epochs);
    }

    @Override
    public synchronized List<Long> write(List<Entry> entries) {
        requireWorking();
        List<Long> ids = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry instanceof Entry.Begun begun) {
                epochs.add(begun.epoch());
            } else if (entry instanceof Entry.Ended ended) {
                epochs.replaceAll(epoch -> epoch.id().equals(ended.epoch().id()) ? ended.epoch() : epoch);
            } else if (entry instanceof Entry.Taken sample) {
                taken.add(sample);
                catalogue = sample.sample().catalogue();
                if (sample.json() != null) {
                    ids.add(snapshots.size() + 1L);
                    snapshots.add(new StoredSnapshot(
                            snapshots.size() + 1L, sample.sample().takenAt(), sample.json()));
                }
            }
        }
        return ids;
    }

    @Override
    public synchronized List<Epoch> epochs() {
        return List.copyOf(epochs);
    }

    @Override
    public synchronized Optional<Mark> newest(Instant atOrBefore, Sample.@Nullable Key before) {
        requireWorking();
        boolean met = before == null;
        for (int e = epochs.size() - 1; e >= 0; e--) {
            Epoch epoch = epochs.get(e);
            for (int i = taken.size() - 1; i >= 0; i--) {
                Sample sample = taken.get(i).sample();
                if (!sample.epoch().equals(epoch.id())) {
                    continue;
                }
                if (met && !sample.takenAt().isAfter(atOrBefore)) {
                    return Optional.of(new Mark(epoch, sample));
                }
                met |= sample.key().equals(before);
            }
            if (met && !epoch.startedAt().isAfter(atOrBefore)) {
                return Optional.of(new Mark(epoch, null));
            }
        }
        return Optional.empty();
    }

    @Override
    public synchronized Optional<Sample> last(String epoch) {
        requireWorking();
        return taken.stream()
                .map(Entry.Taken::sample)
                .filter(sample -> sample.epoch().equals(epoch))
                .reduce((first, second) -> second);
    }

    @Override
    public synchronized List<StateTransition> transitions(Mark after, Mark upTo, int most) {
        List<StateTransition> all = new ArrayList<>();
        between(after, upTo).forEach(each -> all.addAll(each.transitions()));
        return all.subList(Math.max(0, all.size() - most), all.size());
    }

    @Override
    public synchronized List<ErrorEvent> errors(Mark after, Mark upTo, int most) {
        List<ErrorEvent> all = new ArrayList<>();
        between(after, upTo).forEach(each -> all.addAll(each.errors()));
        List<ErrorEvent> last = new ArrayList<>(all.subList(Math.max(0, all.size() - most), all.size()));
        java.util.Collections.reverse(last);
        return last;
    }

    private List<Entry.Taken> between(Mark after, Mark upTo) {
        return taken.subList(from(after), 1 + indexOf(upTo.sample()));
    }

    private int from(Mark after) {
        if (after.sample() != null) {
            return indexOf(after.sample()) + 1;
        }
        for (int i = 0; i < taken.size(); i++) {
            if (taken.get(i).sample().epoch().equals(after.epoch().id())) {
                return i;
            }
        }
        return taken.size();
    }

    private int indexOf(@Nullable Sample sample) {
        return taken.stream().map(Entry.Taken::sample).toList().indexOf(sample);
    }

    @Override
    public void prune(Instant now, Retention retention) {}

    @Override
    public synchronized Optional<StoredSnapshot> find(long id) {
        return snapshots.stream().filter(snapshot -> snapshot.id() == id).findFirst();
    }

    @Override
    public synchronized Optional<Instant> lastTimestamp() {
        return snapshots.stream().map(StoredSnapshot::timestamp).max(Instant::compareTo);
    }

    @Override
    public synchronized long count() {
        return snapshots.size();
    }

    @Override
    public void close() {}

    private void requireWorking() {
        if (failure != null) {
            throw new SnapshotStoreException(failure, null);
        }
    }
}
