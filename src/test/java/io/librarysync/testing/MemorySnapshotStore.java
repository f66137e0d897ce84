package io.librarysync.testing;

import io.librarysync.history.Entry;
import io.librarysync.history.Epoch;
import io.librarysync.history.Mark;
import io.librarysync.history.Retention;
import io.librarysync.history.Sample;
import io.librarysync.history.SnapshotStore;
import io.librarysync.history.SnapshotStoreException;
import io.librarysync.history.StoredSnapshot;
import io.librarysync.history.Tier;
import io.librarysync.instrument.SeriesCatalogue;
import io.librarysync.metrics.ErrorEvent;
import io.librarysync.metrics.StateTransition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps a history in memory, by the plainest means: what every other store is measured by. */
public final class MemorySnapshotStore implements SnapshotStore {
    private List<Epoch> epochs = new ArrayList<>();
    private List<Entry.Taken> samples = new ArrayList<>();
    private Map<Long, Entry.Taken> snapshots = new TreeMap<>();
    private SeriesCatalogue catalogue = new SeriesCatalogue();
    private long lastId;
    private @Nullable String failure;

    /** From now on fails for this reason; works again if it is null. */
    public synchronized void failWith(@Nullable String reason) {
        failure = reason;
    }

    private void requireWorking() {
        if (failure != null) {
            throw new SnapshotStoreException(failure, null);
        }
    }

    @Override
    public synchronized Found resume() {
        requireWorking();
        epochs.replaceAll(epoch -> epoch.isOpen() ? epoch.ended(lastMomentOf(epoch), Epoch.Ending.CRASH) : epoch);
        return new Found(catalogue, epochs);
    }

    private Instant lastMomentOf(Epoch epoch) {
        return last(epoch.id()).map(Sample::takenAt).orElse(epoch.startedAt());
    }

    @Override
    public synchronized List<Long> write(List<Entry> entries) {
        requireWorking();
        MemorySnapshotStore copy = new MemorySnapshotStore();
        copy.become(this);
        List<Long> ids = new ArrayList<>();
        for (Entry entry : entries) {
            copy.add(entry).ifPresent(ids::add);
        }
        become(copy);
        return ids;
    }

    private void become(MemorySnapshotStore other) {
        epochs = new ArrayList<>(other.epochs);
        samples = new ArrayList<>(other.samples);
        snapshots = new TreeMap<>(other.snapshots);
        catalogue = other.catalogue;
        lastId = other.lastId;
    }

    private Optional<Long> add(Entry entry) {
        if (entry instanceof Entry.Taken taken) {
            return add(taken);
        }
        if (entry instanceof Entry.Begun begun && position(begun.epoch().id()) < 0) {
            epochs.add(begun.epoch());
        } else if (entry instanceof Entry.Ended ended) {
            epochs.set(required(ended.epoch().id()), ended.epoch());
        }
        return Optional.empty();
    }

    private Optional<Long> add(Entry.Taken taken) {
        Sample sample = taken.sample();
        required(sample.epoch());
        if (sample.base() != null && !isKept(sample.base())) {
            throw new SnapshotStoreException(
                    "what sample %d is the difference to is not kept".formatted(sample.number()), null);
        }
        if (!isKept(sample)) {
            samples.add(taken);
            catalogue = sample.catalogue();
            if (taken.json() != null) {
                snapshots.put(++lastId, taken);
            }
        }
        return taken.json() == null ? Optional.empty() : Optional.of(idOf(sample));
    }

    private boolean isKept(Sample sample) {
        return samples.stream().anyMatch(taken -> taken.sample().key().equals(sample.key()));
    }

    private long idOf(Sample sample) {
        return snapshots.entrySet().stream()
                .filter(entry -> entry.getValue().sample().key().equals(sample.key()))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private int required(String epoch) {
        int position = position(epoch);
        if (position < 0) {
            throw new SnapshotStoreException("there is no epoch " + epoch, null);
        }
        return position;
    }

    private int position(String epoch) {
        return epochs.stream().map(Epoch::id).toList().indexOf(epoch);
    }

    @Override
    public synchronized List<Epoch> epochs() {
        return List.copyOf(epochs);
    }

    @Override
    public synchronized Optional<Mark> newest(Instant atOrBefore, Sample.@Nullable Key before) {
        requireWorking();
        int limit = before == null ? -1 : position(before.epoch());
        for (int i = limit < 0 ? epochs.size() - 1 : limit; i >= 0; i--) {
            Epoch epoch = epochs.get(i);
            long numbers = before != null && i == limit ? before.number() : Long.MAX_VALUE;
            Optional<Sample> sample = of(epoch.id())
                    .filter(each -> each.number() < numbers && !each.takenAt().isAfter(atOrBefore))
                    .reduce((first, second) -> second);
            if (sample.isPresent() || !epoch.startedAt().isAfter(atOrBefore)) {
                return Optional.of(new Mark(epoch, sample.orElse(null)));
            }
        }
        return Optional.empty();
    }

    private Stream<Sample> of(String epoch) {
        return samples.stream()
                .map(Entry.Taken::sample)
                .filter(sample -> sample.epoch().equals(epoch))
                .sorted(Comparator.comparingLong(Sample::number));
    }

    @Override
    public synchronized Optional<Sample> last(String epoch) {
        requireWorking();
        return of(epoch).reduce((first, second) -> second);
    }

    @Override
    public synchronized List<StateTransition> transitions(Mark after, Mark upTo, int most) {
        return events(after, upTo, most, Entry.Taken::transitions, Sample.Key::transitions, Mark::transitions);
    }

    @Override
    public synchronized List<ErrorEvent> errors(Mark after, Mark upTo, int most) {
        List<ErrorEvent> errors =
                new ArrayList<>(events(after, upTo, most, Entry.Taken::errors, Sample.Key::errors, Mark::errors));
        Collections.reverse(errors);
        return errors;
    }

    private <E> List<E> events(
            Mark after,
            Mark upTo,
            int most,
            Function<Entry.Taken, List<E>> ofSample,
            ToLongFunction<Sample.Key> countOfSample,
            ToLongFunction<Mark> countOfMark) {
        int first = position(after.epoch().id()) < 0
                ? epochs.size()
                : position(after.epoch().id());
        int last = position(upTo.epoch().id()) < 0
                ? epochs.size()
                : position(upTo.epoch().id());
        List<E> events = new ArrayList<>();
        for (Entry.Taken taken : samples) {
            int epoch = position(taken.sample().epoch());
            List<E> fresh = ofSample.apply(taken);
            for (int i = 0; i < fresh.size(); i++) {
                long number = countOfSample.applyAsLong(taken.sample().key()) - fresh.size() + i + 1;
                boolean isLater = epoch > first || (epoch == first && number > countOfMark.applyAsLong(after));
                boolean isEarlier = epoch < last || (epoch == last && number <= countOfMark.applyAsLong(upTo));
                if (isLater && isEarlier) {
                    events.add(fresh.get(i));
                }
            }
        }
        return events.subList(Math.max(0, events.size() - most), events.size());
    }

    @Override
    public synchronized void prune(Instant now, Retention retention) {
        pruneEpochs(now.minus(retention.lasting()));
        for (Epoch epoch : epochs) {
            prune(epoch, Tier.SHORT, Tier.MEDIUM, now.minus(retention.all()));
            prune(epoch, Tier.MEDIUM, Tier.LONG, now.minus(retention.medium()));
            prune(epoch, Tier.LONG, Tier.LONG, now.minus(retention.lasting()));
        }
        samples.replaceAll(taken -> withoutEventsUpTo(taken, now.minus(retention.lasting())));
        Instant limit = now.minus(retention.medium());
        snapshots
                .entrySet()
                .removeIf(entry -> entry.getKey() < lastId
                        && entry.getValue().sample().takenAt().isBefore(limit)
                        && !(entry.getValue().sample().tier() == Tier.LONG
                                && isKept(entry.getValue().sample())));
    }

    private void pruneEpochs(Instant limit) {
        int needed = 0;
        for (int i = 0; i < epochs.size() && areOver(epochs.subList(0, i), limit); i++) {
            needed = epochs.get(i).startedAt().isAfter(limit) ? needed : i;
        }
        List<String> dropped = epochs.subList(0, needed).stream().map(Epoch::id).toList();
        samples.removeIf(taken -> dropped.contains(taken.sample().epoch()));
        epochs = new ArrayList<>(epochs.subList(needed, epochs.size()));
    }

    private static boolean areOver(List<Epoch> epochs, Instant limit) {
        return epochs.stream()
                .allMatch(epoch -> !epoch.isOpen()
                        && !Objects.requireNonNull(epoch.endedAt()).isAfter(limit));
    }

    private void prune(Epoch epoch, Tier tier, Tier baselines, Instant limit) {
        long baseline = of(epoch.id())
                .filter(sample -> sample.tier().compareTo(baselines) <= 0
                        && !sample.takenAt().isAfter(limit))
                .mapToLong(Sample::number)
                .max()
                .orElse(0);
        List<Sample> kept =
                of(epoch.id()).filter(sample -> sample.number() >= baseline).toList();
        samples.removeIf(taken -> taken.sample().epoch().equals(epoch.id())
                && taken.sample().tier() == tier
                && taken.sample().number() < baseline
                && kept.stream()
                        .noneMatch(sample -> standsOn(sample, taken.sample().number())));
    }

    private static boolean standsOn(Sample sample, long number) {
        for (Sample base = sample.base(); base != null; base = base.base()) {
            if (base.number() == number) {
                return true;
            }
        }
        return false;
    }

    private static Entry.Taken withoutEventsUpTo(Entry.Taken taken, Instant limit) {
        return new Entry.Taken(
                taken.sample(),
                taken.transitions().stream()
                        .filter(event -> event.atEpochMillis() > limit.toEpochMilli())
                        .toList(),
                taken.errors().stream()
                        .filter(event -> event.timestampEpochMillis() > limit.toEpochMilli())
                        .toList(),
                taken.json());
    }

    @Override
    public synchronized Optional<StoredSnapshot> find(long id) {
        return Optional.ofNullable(snapshots.get(id))
                .map(taken -> new StoredSnapshot(id, taken.sample().takenAt(), Objects.requireNonNull(taken.json())));
    }

    @Override
    public synchronized Optional<Instant> lastTimestamp() {
        return snapshots.values().stream()
                .map(taken -> taken.sample().takenAt())
                .max(Comparator.naturalOrder());
    }

    @Override
    public synchronized long count() {
        return snapshots.size();
    }

    @Override
    public void close() {}
}
