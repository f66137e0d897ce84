package io.librarysync.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.librarysync.instrument.SeriesCatalogue;
import io.librarysync.instrument.SeriesKey;
import io.librarysync.metrics.ErrorEvent;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.StateTransition;
import io.librarysync.testing.RecordedEpoch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link SnapshotStore} does. */
public abstract class SnapshotStoreContract {
    protected static final Member LIBRARY = new Member("00000000-0000-4000-8000-000000000001", "My Library");
    protected static final Member DEVICE = new Member("00000000-0000-4000-8000-000000000002", "MacBook");
    protected static final Member OTHER_DEVICE = new Member("00000000-0000-4000-8000-000000000003", "Phone");
    protected static final Instant NOON = Instant.parse("2026-01-01T12:00:00.000Z");
    private static final long SEED = 20_261_125;
    private static final int ALL = 100;

    /** Two days of every sample, a month of one an hour, a year of one a day. */
    private static final Retention RETENTION = Retention.parse("2d,1h:30d,1d:365d");

    private final SeriesCatalogue catalogue = new SeriesCatalogue();
    protected SnapshotStore store;

    /** What a device has in the one place where this test keeps things; opened for another time. */
    protected abstract SnapshotStore open(Member library, Member device);

    @BeforeEach
    protected void open() {
        store = open(LIBRARY, DEVICE);
    }

    @AfterEach
    protected void close() {
        store.close();
    }

    /** The same history, as another run of the device finds it. */
    protected SnapshotStore.Found restart() {
        store.close();
        store = open(LIBRARY, DEVICE);
        return store.resume();
    }

    protected static Instant minutes(long minutes) {
        return NOON.plus(Duration.ofMinutes(minutes));
    }

    protected RecordedEpoch epoch(String id, Instant startedAt) {
        return new RecordedEpoch(id, startedAt, catalogue);
    }

    /** A sample with all its numbers, and those of the samples it stands on. */
    protected record Seen(Sample.Key key, Tier tier, Map<SeriesKey, Long> numbers, @Nullable Seen base) {
        public static Seen of(Sample sample) {
            Map<SeriesKey, Long> numbers = new HashMap<>();
            sample.frame().forEach(numbers::put);
            Sample base = sample.base();
            return new Seen(sample.key(), sample.tier(), numbers, base == null ? null : Seen.of(base));
        }
    }

    /** A mark with all its numbers. */
    protected record SeenMark(Epoch epoch, @Nullable Seen sample) {
        public static SeenMark of(Mark mark) {
            Sample sample = mark.sample();
            return new SeenMark(mark.epoch(), sample == null ? null : Seen.of(sample));
        }
    }

    protected Optional<SeenMark> newest(Instant atOrBefore) {
        return store.newest(atOrBefore, null).map(SeenMark::of);
    }

    protected static Optional<SeenMark> mark(RecordedEpoch epoch, @Nullable Sample sample) {
        return Optional.of(SeenMark.of(new Mark(epoch.open(), sample)));
    }

    @Test
    void anEmptyStoreKnowsNothing() {
        RecordedEpoch unknown = epoch("a", NOON);
        Mark mark = new Mark(unknown.open(), null);

        assertThat(store.resume().epochs()).isEmpty();
        assertThat(store.resume().catalogue().count()).isZero();
        assertThat(store.epochs()).isEmpty();
        assertThat(store.newest(NOON, null)).isEmpty();
        assertThat(store.last("a")).isEmpty();
        assertThat(store.transitions(mark, mark, ALL)).isEmpty();
        assertThat(store.errors(mark, mark, ALL)).isEmpty();
        assertThat(store.find(1)).isEmpty();
        assertThat(store.lastTimestamp()).isEmpty();
        assertThat(store.count()).isZero();
    }

    @Test
    void aSampleComesBackWithAllThatItIsTheDifferenceTo() {
        RecordedEpoch epoch = epoch("a", NOON);
        store.write(List.of(epoch.begun(), epoch.taken(minutes(1), Tier.LONG), epoch.taken(minutes(2), Tier.SHORT)));
        store.write(List.of(epoch.taken(minutes(3), Tier.MEDIUM), epoch.taken(minutes(4), Tier.SHORT)));
        store.write(List.of(epoch.takenAfter(epoch.samples().get(2), minutes(5))));

        for (Sample sample : epoch.samples()) {
            assertThat(newest(sample.takenAt())).isEqualTo(mark(epoch, sample));
        }
        assertThat(store.last("a").map(Seen::of)).contains(Seen.of(epoch.last()));
    }

    @Test
    void everyLengthOfChainIsRead() {
        RecordedEpoch epoch = epoch("a", NOON);
        List<Entry> entries = new ArrayList<>(List.of(epoch.begun(), epoch.taken(minutes(1), Tier.LONG)));
        entries.add(epoch.taken(minutes(2), Tier.MEDIUM));
        for (int i = 3; i < 40; i++) {
            entries.add(epoch.taken(minutes(i), Tier.SHORT));
        }
        store.write(entries);

        assertThat(store.last("a").map(Seen::of)).contains(Seen.of(epoch.last()));
    }

    @Test
    void aRunThatStoppedIsFoundAsItWas() {
        RecordedEpoch epoch = epoch("a", NOON);
        store.write(List.of(epoch.begun(), epoch.taken(minutes(1), Tier.LONG), epoch.ended(Epoch.Ending.STOP)));

        SnapshotStore.Found found = restart();

        assertThat(found.epochs()).containsExactly(epoch.over(Epoch.Ending.STOP));
        assertThat(found.catalogue().after(0)).isEqualTo(catalogue.after(0));
        assertThat(store.epochs()).isEqualTo(found.epochs());
    }

    @Test
    void anEpochThatACrashLeftOpenEndsAtItsLastSample() {
        RecordedEpoch stopped = epoch("a", NOON);
        RecordedEpoch crashed = epoch("b", minutes(10));
        store.write(List.of(stopped.begun(), stopped.ended(Epoch.Ending.STOP), crashed.begun()));
        store.write(List.of(crashed.taken(minutes(11), Tier.LONG), crashed.taken(minutes(10), Tier.SHORT)));
        assertThat(store.epochs()).containsExactly(stopped.over(Epoch.Ending.STOP), crashed.open());

        assertThat(restart().epochs())
                .containsExactly(
                        stopped.over(Epoch.Ending.STOP), crashed.open().ended(minutes(10), Epoch.Ending.CRASH));
        assertThat(store.epochs()).isEqualTo(restart().epochs());
    }

    @Test
    void aCrashedEpochWithoutSampleEndsWhereItBegan() {
        RecordedEpoch crashed = epoch("a", NOON);
        store.write(List.of(crashed.begun()));

        assertThat(restart().epochs()).containsExactly(crashed.open().ended(NOON, Epoch.Ending.CRASH));
    }

    @Test
    void aRunGoesOnWithTheCatalogueThatItFound() {
        RecordedEpoch before = epoch("a", NOON);
        store.write(List.of(before.begun(), before.taken(minutes(1), Tier.LONG), before.ended(Epoch.Ending.STOP)));

        RecordedEpoch after = new RecordedEpoch("b", minutes(5), restart().catalogue());
        store.write(List.of(after.begun(), after.taken(minutes(6), Tier.LONG)));
        store.write(List.of(after.taken(minutes(7), Tier.SHORT)));

        assertThat(newest(minutes(2))).contains(SeenMark.of(new Mark(before.over(Epoch.Ending.STOP), before.last())));
        assertThat(newest(minutes(8))).isEqualTo(mark(after, after.last()));
        assertThat(restart().catalogue().after(0))
                .isEqualTo(after.last().catalogue().after(0));
    }

    @Test
    void aRunThatFoundNoCatalogueBeginsAnotherOne() {
        RecordedEpoch before = epoch("a", NOON);
        store.write(List.of(before.begun(), before.taken(minutes(1), Tier.LONG), before.ended(Epoch.Ending.STOP)));

        restart();
        RecordedEpoch after = new RecordedEpoch("b", minutes(5), new SeriesCatalogue());
        store.write(List.of(after.begun(), after.taken(minutes(6), Tier.LONG), after.taken(minutes(7), Tier.SHORT)));

        assertThat(newest(minutes(2))).contains(SeenMark.of(new Mark(before.over(Epoch.Ending.STOP), before.last())));
        assertThat(newest(minutes(8))).isEqualTo(mark(after, after.last()));
        assertThat(restart().catalogue().after(0))
                .isEqualTo(after.last().catalogue().after(0));
        assertThat(newest(minutes(2))).contains(SeenMark.of(new Mark(before.over(Epoch.Ending.STOP), before.last())));
    }

    @Test
    void aBatchThatFailsLeavesNothing() {
        RecordedEpoch kept = epoch("a", NOON);
        RecordedEpoch unknown = epoch("b", NOON);
        store.write(List.of(kept.begun(), kept.taken(minutes(1), Tier.LONG, "kept")));
        Entry.Taken next = kept.takenAfter(1, 1, 0, minutes(2));
        Entry.Taken stray = unknown.taken(minutes(3), Tier.LONG, "stray");

        assertThatThrownBy(() -> store.write(List.of(next, kept.ended(Epoch.Ending.STOP), stray)))
                .isInstanceOf(SnapshotStoreException.class);

        Mark begin = new Mark(kept.open(), null);
        assertThat(store.epochs()).containsExactly(kept.open());
        assertThat(newest(minutes(9))).isEqualTo(mark(kept, kept.samples().get(0)));
        assertThat(store.transitions(begin, new Mark(kept.open(), next.sample()), ALL))
                .isEmpty();
        assertThat(store.count()).isEqualTo(1);

        store.write(List.of(next));
        assertThat(newest(minutes(9))).isEqualTo(mark(kept, next.sample()));
    }

    @Test
    void aSampleWhoseBaseIsNotKeptIsRefused() {
        RecordedEpoch epoch = epoch("a", NOON);
        epoch.taken(minutes(1), Tier.LONG);
        Entry.Taken hanging = epoch.taken(minutes(2), Tier.SHORT);

        assertThatThrownBy(() -> store.write(List.of(epoch.begun(), hanging)))
                .isInstanceOf(SnapshotStoreException.class);
        assertThat(store.epochs()).isEmpty();
    }

    @Test
    void whatIsWrittenAgainIsKeptOnce() {
        RecordedEpoch epoch = epoch("a", NOON);
        List<Entry> batch = List.of(
                epoch.begun(),
                epoch.taken(minutes(1), Tier.LONG, "one"),
                epoch.takenAfter(2, 1, 0, minutes(2)),
                epoch.taken(minutes(3), Tier.LONG, "two"),
                epoch.ended(Epoch.Ending.RESET));

        List<Long> ids = store.write(batch);

        assertThat(ids).hasSize(2);
        assertThat(store.write(batch)).isEqualTo(ids);
        assertThat(store.epochs()).containsExactly(epoch.over(Epoch.Ending.RESET));
        assertThat(store.count()).isEqualTo(2);
        Mark begin = new Mark(epoch.open(), null);
        Mark end = new Mark(epoch.open(), epoch.last());
        assertThat(store.transitions(begin, end, ALL)).hasSize(2);
    }

    @Test
    void countingBeginsWithAnEpochWhereNoSampleIsOldEnough() {
        RecordedEpoch first = epoch("a", NOON);
        RecordedEpoch second = epoch("b", minutes(10));
        store.write(List.of(first.begun(), first.taken(minutes(1), Tier.LONG), first.ended(Epoch.Ending.RESET)));
        store.write(List.of(second.begun(), second.taken(minutes(11), Tier.LONG)));

        assertThat(newest(NOON.minusMillis(1))).isEmpty();
        assertThat(newest(NOON).map(SeenMark::sample)).isEmpty();
        assertThat(newest(NOON)).contains(SeenMark.of(new Mark(first.over(Epoch.Ending.RESET), null)));
        assertThat(newest(minutes(10).minusMillis(1)))
                .contains(SeenMark.of(new Mark(first.over(Epoch.Ending.RESET), first.last())));
        assertThat(newest(minutes(10))).isEqualTo(mark(second, null));
        assertThat(newest(minutes(11))).isEqualTo(mark(second, second.last()));
    }

    @Test
    void orderNotTheClockSaysWhatIsNewest() {
        RecordedEpoch epoch = epoch("a", NOON);
        store.write(List.of(epoch.begun(), epoch.taken(minutes(60), Tier.LONG), epoch.taken(minutes(70), Tier.SHORT)));
        store.write(List.of(epoch.taken(minutes(10), Tier.SHORT), epoch.taken(minutes(20), Tier.SHORT)));
        List<Sample> samples = epoch.samples();

        assertThat(newest(minutes(9))).isEqualTo(mark(epoch, null));
        assertThat(newest(minutes(10))).isEqualTo(mark(epoch, samples.get(2)));
        assertThat(newest(minutes(65))).isEqualTo(mark(epoch, samples.get(3)));
        assertThat(newest(minutes(90))).isEqualTo(mark(epoch, samples.get(3)));
        assertThat(store.newest(minutes(90), samples.get(2).key()).map(SeenMark::of))
                .isEqualTo(mark(epoch, samples.get(1)));
    }

    @Test
    void anEpochThatBeganBeforeTheClockWasSetBackIsPassedOver() {
        RecordedEpoch future = epoch("a", minutes(600));
        RecordedEpoch now = epoch("b", NOON);
        store.write(List.of(future.begun(), future.ended(Epoch.Ending.STOP), now.begun()));

        assertThat(newest(minutes(1))).isEqualTo(mark(now, null));
        assertThat(newest(minutes(601))).isEqualTo(mark(now, null));
    }

    @Test
    void onlyWhatStandsBeforeASampleIsLookedAt() {
        RecordedEpoch first = epoch("a", NOON);
        RecordedEpoch second = epoch("b", minutes(10));
        store.write(List.of(first.begun(), first.taken(minutes(1), Tier.LONG), second.begun()));
        store.write(List.of(second.taken(minutes(11), Tier.LONG), second.taken(minutes(12), Tier.SHORT)));
        Sample.Key notKept =
                epoch("c", minutes(13)).taken(minutes(14), Tier.LONG).sample().key();

        assertThat(store.newest(minutes(99), second.last().key()).map(SeenMark::of))
                .isEqualTo(mark(second, second.samples().get(0)));
        assertThat(store.newest(minutes(99), second.samples().get(0).key()).map(SeenMark::of))
                .isEqualTo(mark(second, null));
        assertThat(store.newest(minutes(5), second.last().key()).map(SeenMark::of))
                .isEqualTo(mark(first, first.last()));
        assertThat(store.newest(minutes(99), notKept).map(SeenMark::of)).isEqualTo(mark(second, second.last()));
    }

    @Test
    void eventsAreThoseAfterOneMomentUpToAnother() {
        RecordedEpoch epoch = epoch("a", NOON);
        store.write(
                List.of(epoch.begun(), epoch.takenAfter(2, 1, 0, minutes(1)), epoch.takenAfter(0, 0, 0, minutes(2))));
        store.write(List.of(epoch.takenAfter(2, 2, 0, minutes(3))));
        Mark begin = new Mark(epoch.open(), null);
        Mark second = new Mark(epoch.open(), epoch.samples().get(1));
        Mark third = new Mark(epoch.open(), epoch.last());

        assertThat(reasons(store.transitions(begin, third, ALL))).containsExactly("a1", "a2", "a3", "a4");
        assertThat(reasons(store.transitions(begin, second, ALL))).containsExactly("a1", "a2");
        assertThat(reasons(store.transitions(second, third, ALL))).containsExactly("a3", "a4");
        assertThat(reasons(store.transitions(begin, third, 3))).containsExactly("a2", "a3", "a4");
        assertThat(messages(store.errors(begin, third, ALL))).containsExactly("a3", "a2", "a1");
        assertThat(messages(store.errors(second, third, ALL))).containsExactly("a3", "a2");
        assertThat(messages(store.errors(begin, third, 1))).containsExactly("a3");
    }

    @Test
    void eventsReachOverEpochs() {
        RecordedEpoch first = epoch("a", NOON);
        RecordedEpoch second = epoch("b", minutes(10));
        RecordedEpoch third = epoch("c", minutes(20));
        store.write(
                List.of(first.begun(), first.takenAfter(1, 1, 0, minutes(1)), first.takenAfter(1, 1, 0, minutes(2))));
        store.write(List.of(second.begun(), second.takenAfter(1, 1, 0, minutes(11)), third.begun()));
        store.write(List.of(third.takenAfter(1, 1, 0, minutes(21)), third.takenAfter(1, 1, 0, minutes(22))));
        Mark from = new Mark(first.open(), first.samples().get(0));
        Mark to = new Mark(third.open(), third.samples().get(0));
        Mark notKept = new Mark(epoch("d", minutes(30)).open(), null);

        assertThat(reasons(store.transitions(from, to, ALL))).containsExactly("a2", "b1", "c1");
        assertThat(messages(store.errors(from, to, ALL))).containsExactly("c1", "b1", "a2");
        assertThat(reasons(store.transitions(to, notKept, ALL))).containsExactly("c2");
        assertThat(store.transitions(notKept, notKept, ALL)).isEmpty();
    }

    @Test
    void theLastEventsOfASampleAreKnownWhereTheFirstAreNot() {
        RecordedEpoch epoch = epoch("a", NOON);
        store.write(List.of(epoch.begun(), epoch.takenAfter(150, 120, 100, minutes(1))));
        Mark begin = new Mark(epoch.open(), null);
        Mark end = new Mark(epoch.open(), epoch.last());

        assertThat(reasons(store.transitions(begin, end, ALL)))
                .hasSize(50)
                .startsWith("a101")
                .endsWith("a150");
        assertThat(messages(store.errors(begin, end, ALL)))
                .hasSize(20)
                .startsWith("a120")
                .endsWith("a101");
    }

    @Test
    void eventsComeBackWhole() {
        RecordedEpoch epoch = epoch("a", NOON);
        Sample sample = epoch.takenAfter(1, 2, 0, minutes(1)).sample();
        List<ErrorEvent> errors = List.of(
                new ErrorEvent(1, "apply", "it's \"quoted\"\n🗂", "entry", null),
                new ErrorEvent(2, "network", "x".repeat(10_000), null, "peer"));
        List<StateTransition> transitions = List.of(new StateTransition("Ready", "Paused", 3, "by hand"));
        store.write(List.of(epoch.begun(), new Entry.Taken(sample.alone(), transitions, errors, null)));
        Mark begin = new Mark(epoch.open(), null);
        Mark end = new Mark(epoch.open(), sample);

        assertThat(store.transitions(begin, end, ALL)).isEqualTo(transitions);
        assertThat(store.errors(begin, end, ALL)).containsExactly(errors.get(1), errors.get(0));
    }

    private static List<String> reasons(List<StateTransition> transitions) {
        return transitions.stream().map(StateTransition::reason).toList();
    }

    private static List<String> messages(List<ErrorEvent> errors) {
        return errors.stream().map(ErrorEvent::message).toList();
    }

    @Test
    void aWholeSnapshotIsFoundByItsId() {
        RecordedEpoch epoch = epoch("a", NOON);
        String text = "{\"name\":\"it's \\\"quoted\\\"\n🗂 " + "x".repeat(100_000) + "\"}";

        List<Long> ids = store.write(List.of(
                epoch.begun(),
                epoch.taken(minutes(2), Tier.LONG, "{\"a\":1}"),
                epoch.taken(minutes(3), Tier.SHORT),
                epoch.taken(minutes(1), Tier.SHORT, text)));

        assertThat(ids).hasSize(2).isSorted();
        assertThat(store.find(ids.get(0))).contains(new StoredSnapshot(ids.get(0), minutes(2), "{\"a\":1}"));
        assertThat(store.find(ids.get(1))).contains(new StoredSnapshot(ids.get(1), minutes(1), text));
        assertThat(store.find(ids.get(1) + 1)).isEmpty();
        assertThat(store.count()).isEqualTo(2);
        assertThat(store.lastTimestamp()).contains(minutes(2));
    }

    @Test
    void devicesDoNotSeeEachOther() {
        RecordedEpoch ours = epoch("a", NOON);
        RecordedEpoch theirs = new RecordedEpoch("a", NOON, new SeriesCatalogue());
        try (SnapshotStore other = open(LIBRARY, OTHER_DEVICE)) {
            List<Long> id = store.write(List.of(ours.begun(), ours.taken(minutes(1), Tier.LONG, "ours")));
            other.write(List.of(theirs.begun(), theirs.taken(minutes(2), Tier.LONG, "theirs")));
            List<Long> theirId = other.write(List.of(theirs.takenAfter(1, 1, 0, minutes(3))));
            other.write(List.of(theirs.taken(minutes(4), Tier.LONG, "theirs again")));

            assertThat(store.resume().epochs()).containsExactly(ours.over(Epoch.Ending.CRASH));
            assertThat(other.epochs()).containsExactly(theirs.open());
            assertThat(store.last("a").map(Seen::of)).contains(Seen.of(ours.last()));
            assertThat(other.last("a").map(Seen::of)).contains(Seen.of(theirs.last()));
            assertThat(store.count()).isEqualTo(1);
            assertThat(other.count()).isEqualTo(2);
            assertThat(store.lastTimestamp()).contains(minutes(1));
            assertThat(store.find(id.get(0)).map(StoredSnapshot::json)).contains("ours");
            assertThat(theirId).isEmpty();

            store.prune(minutes(1_000_000), RETENTION);
            assertThat(other.count()).isEqualTo(2);
            assertThat(other.last("a").map(Seen::of)).contains(Seen.of(theirs.last()));
        }
    }

    @Test
    void oldSamplesGoUpToTheNewestBaseline() {
        RecordedEpoch epoch = epoch("a", NOON);
        store.write(List.of(
                epoch.begun(),
                epoch.taken(minutes(1), Tier.LONG),
                epoch.taken(minutes(2), Tier.SHORT),
                epoch.taken(minutes(60), Tier.MEDIUM),
                epoch.taken(minutes(61), Tier.SHORT),
                epoch.taken(minutes(120), Tier.MEDIUM),
                epoch.taken(minutes(121), Tier.SHORT)));
        Sample longLived = epoch.samples().get(0);
        Sample medium = epoch.samples().get(2);

        store.prune(minutes(100).plus(RETENTION.all()), RETENTION);

        assertThat(newest(minutes(59))).isEqualTo(mark(epoch, longLived));
        assertThat(newest(minutes(60))).isEqualTo(mark(epoch, medium));
        assertThat(newest(minutes(100))).isEqualTo(mark(epoch, epoch.samples().get(3)));
        assertThat(newest(minutes(121))).isEqualTo(mark(epoch, epoch.last()));

        store.prune(minutes(125).plus(RETENTION.all()), RETENTION);
        assertThat(newest(minutes(100))).isEqualTo(mark(epoch, medium));

        Entry.Taken closing = epoch.taken(minutes(130), Tier.LONG);
        store.write(List.of(closing));
        store.prune(minutes(130).plus(RETENTION.medium()), RETENTION);
        assertThat(newest(minutes(129))).isEqualTo(mark(epoch, longLived));
        assertThat(newest(minutes(130))).isEqualTo(mark(epoch, closing.sample()));

        store.prune(minutes(129).plus(RETENTION.lasting()), RETENTION);
        assertThat(newest(minutes(129))).isEqualTo(mark(epoch, longLived));
        store.prune(minutes(130).plus(RETENTION.lasting()), RETENTION);
        assertThat(newest(minutes(129))).isEqualTo(mark(epoch, null));
        assertThat(newest(minutes(130))).isEqualTo(mark(epoch, closing.sample()));
    }

    @Test
    void aBaseStaysAsLongAsWhatIsTheDifferenceToIt() {
        RecordedEpoch epoch = epoch("a", NOON);
        store.write(List.of(
                epoch.begun(),
                epoch.taken(minutes(1), Tier.LONG),
                epoch.taken(minutes(2), Tier.MEDIUM),
                epoch.taken(minutes(3), Tier.SHORT),
                epoch.taken(minutes(4), Tier.LONG),
                epoch.takenAfter(epoch.samples().get(2), minutes(5))));

        store.prune(minutes(10).plus(RETENTION.lasting()), RETENTION);

        assertThat(store.last("a").map(Seen::of)).contains(Seen.of(epoch.last()));
    }

    @Test
    void anEpochGoesOnceANewerOneReachesBackFarEnough() {
        RecordedEpoch first = epoch("a", NOON);
        RecordedEpoch second = epoch("b", minutes(10));
        RecordedEpoch third = epoch("c", minutes(90));
        store.write(List.of(first.begun(), first.takenAfter(1, 1, 0, minutes(1)), first.ended(Epoch.Ending.RESET)));
        store.write(List.of(second.begun(), second.takenAfter(1, 1, 0, minutes(11)), second.ended(Epoch.Ending.STOP)));
        store.write(List.of(third.begun()));

        store.prune(minutes(9).plus(RETENTION.lasting()), RETENTION);
        assertThat(store.epochs())
                .containsExactly(first.over(Epoch.Ending.RESET), second.over(Epoch.Ending.STOP), third.open());

        store.prune(minutes(60).plus(RETENTION.lasting()), RETENTION);
        assertThat(store.epochs()).containsExactly(second.over(Epoch.Ending.STOP), third.open());
        assertThat(newest(minutes(60))).contains(SeenMark.of(new Mark(second.over(Epoch.Ending.STOP), second.last())));
        assertThat(store.last("a")).isEmpty();

        store.prune(minutes(90).plus(RETENTION.lasting()), RETENTION);
        assertThat(store.epochs()).containsExactly(third.open());
    }

    @Test
    void anEpochWhoseClockWasFarBehindTakesNothingWithIt() {
        RecordedEpoch before = epoch("a", NOON);
        RecordedEpoch behind = epoch("b", Instant.EPOCH);
        store.write(List.of(before.begun(), before.taken(minutes(1), Tier.LONG), before.ended(Epoch.Ending.STOP)));
        store.write(List.of(behind.begun()));

        store.prune(minutes(60), RETENTION);

        assertThat(store.epochs()).containsExactly(before.over(Epoch.Ending.STOP), behind.open());
        assertThat(store.last("a").map(Seen::of)).contains(Seen.of(before.last()));
    }

    @Test
    void oldEventsGo() {
        RecordedEpoch epoch = epoch("a", NOON);
        store.write(
                List.of(epoch.begun(), epoch.takenAfter(2, 1, 0, minutes(1)), epoch.takenAfter(1, 1, 0, minutes(9))));
        Mark begin = new Mark(epoch.open(), null);
        Mark end = new Mark(epoch.open(), epoch.last());

        store.prune(minutes(5).plus(RETENTION.lasting()), RETENTION);

        assertThat(reasons(store.transitions(begin, end, ALL))).containsExactly("a3");
        assertThat(messages(store.errors(begin, end, ALL))).containsExactly("a2");
    }

    @Test
    void wholeSnapshotsStayWithSamplesThatAreKeptLong() {
        RecordedEpoch epoch = epoch("a", NOON);
        List<Long> ids = store.write(List.of(
                epoch.begun(),
                epoch.taken(minutes(1), Tier.LONG, "long"),
                epoch.taken(minutes(2), Tier.SHORT, "short"),
                epoch.taken(minutes(3), Tier.LONG, "closing"),
                epoch.taken(minutes(9), Tier.SHORT, "young")));

        store.prune(minutes(5).plus(RETENTION.medium()), RETENTION);
        assertThat(store.find(ids.get(0)).map(StoredSnapshot::json)).contains("long");
        assertThat(store.find(ids.get(1))).isEmpty();
        assertThat(store.find(ids.get(2)).map(StoredSnapshot::json)).contains("closing");
        assertThat(store.find(ids.get(3)).map(StoredSnapshot::json)).contains("young");

        store.prune(minutes(5).plus(RETENTION.lasting()), RETENTION);
        assertThat(store.find(ids.get(0))).isEmpty();
        assertThat(store.find(ids.get(2)).map(StoredSnapshot::json)).contains("closing");
    }

    @Test
    void noIdIsGivenTwice() {
        RecordedEpoch epoch = epoch("a", NOON);
        long first = store.write(List.of(epoch.begun(), epoch.taken(minutes(1), Tier.SHORT, "1")))
                .get(0);

        store.prune(minutes(10).plus(RETENTION.lasting()), RETENTION);
        long second =
                store.write(List.of(epoch.taken(minutes(2), Tier.SHORT, "2"))).get(0);

        assertThat(second).isGreaterThan(first);
    }

    @Test
    void newestIsTheSameForAnyTimeAsLookingAtEveryMomentInTurn() {
        Random random = new Random(SEED);
        List<Mark> moments = new ArrayList<>();
        Instant now = NOON;
        for (int i = 0; i < 12; i++) {
            RecordedEpoch epoch = epoch("e" + i, now);
            moments.add(new Mark(epoch.open(), null));
            List<Entry> entries = new ArrayList<>(List.of(epoch.begun()));
            for (int j = random.nextInt(8); j > 0; j--) {
                now = now.plusSeconds(random.nextInt(8) == 0 ? -random.nextInt(300) : random.nextInt(60));
                entries.add(epoch.taken(now, tier(random)));
                moments.add(new Mark(epoch.open(), epoch.last()));
            }
            store.write(entries);
            now = now.plusSeconds(random.nextInt(10) == 0 ? -100 : 10);
        }
        for (int i = 0; i < 100; i++) {
            Instant time = NOON.plusSeconds(random.nextInt(2_000) - 200);
            int limit = random.nextInt(moments.size());
            Sample before = moments.get(limit).sample();
            List<Mark> candidates = before == null ? moments : moments.subList(0, limit);
            Optional<SeenMark> expected = candidates.stream()
                    .filter(mark -> !mark.at().isAfter(time))
                    .reduce((first, second) -> second)
                    .map(SeenMark::of);
            assertThat(store.newest(time, before == null ? null : before.key()).map(SeenMark::of))
                    .as("seed %d, question %d", SEED, i)
                    .isEqualTo(expected);
        }
    }

    private static Tier tier(Random random) {
        return List.of(Tier.values()).get(random.nextInt(Tier.values().length));
    }

    @Test
    void pruningTakesNoBaselineAndWhatStaysIsReadable() {
        Random random = new Random(SEED);
        List<Instant> times = new ArrayList<>();
        Instant now = NOON;
        for (int run = 0; run < 4; run++) {
            RecordedEpoch epoch = epoch("e" + run, now);
            List<Entry> entries = new ArrayList<>(List.of(epoch.begun()));
            for (int i = 0; i < 40; i++) {
                now = now.plus(Duration.ofMinutes(random.nextInt(1_500) - (i % 10 == 0 ? 120 : 0)));
                times.add(now);
                entries.add(epoch.taken(now, i == 0 ? Tier.LONG : tier(random)));
            }
            if (random.nextBoolean()) {
                entries.add(epoch.ended(Epoch.Ending.RESET));
            }
            store.write(entries);
        }
        store.resume();
        for (int days = 0; days < 420; days += 60) {
            Instant at = now.plus(Duration.ofDays(days));
            Instant limit = at.minus(RETENTION.all());
            Map<Instant, Optional<SeenMark>> before = marks(times);
            store.prune(at, RETENTION);
            for (Instant time : times) {
                Optional<SeenMark> after = newest(time);
                if (!time.isBefore(limit)) {
                    assertThat(after).as("seed %d, %s at %s", SEED, time, at).isEqualTo(before.get(time));
                } else if (!time.isBefore(at.minus(RETENTION.lasting()))) {
                    assertThat(after).as("seed %d, %s at %s", SEED, time, at).isPresent();
                }
            }
            store.epochs().forEach(epoch -> assertThat(store.last(epoch.id()).map(Seen::of))
                    .isPresent());
        }
    }

    private Map<Instant, Optional<SeenMark>> marks(List<Instant> times) {
        Map<Instant, Optional<SeenMark>> marks = new HashMap<>();
        times.forEach(time -> marks.put(time, newest(time)));
        return marks;
    }
}
