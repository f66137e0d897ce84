package io.librarysync.history;

import io.librarysync.instrument.Frame;
import io.librarysync.metrics.EpochInfo;
import io.librarysync.metrics.ErrorEvent;
import io.librarysync.metrics.MetricsSample;
import io.librarysync.metrics.SnapshotWindow;
import io.librarysync.metrics.SnapshotWindow.Span;
import io.librarysync.metrics.StateTransition;
import io.librarysync.metrics.Stretch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers what happened between two moments: out of the ring where it reaches, else out of the store. */
final class Windows {
    private static final int EVENTS = 100;

    private final KnownEpochs epochs;
    private final SampleRing ring;
    private final SnapshotStore store;
    private final Marks marks;
    private final int events;

    Windows(KnownEpochs epochs, SampleRing ring, SnapshotStore store) {
        this(epochs, ring, store, Marks.of(ring, store), EVENTS);
    }

    /** @param events how many of the last transitions and errors of a window are told */
    private Windows(KnownEpochs epochs, SampleRing ring, SnapshotStore store, Marks marks, int events) {
        this.epochs = epochs;
        this.ring = ring;
        this.store = store;
        this.marks = marks;
        this.events = events;
    }

    /** The same for windows that follow one another, and for one thread; without transitions and errors. */
    Windows adjoining() {
        return new Windows(epochs, ring, store, new LatestMarks(marks), 0);
    }

    /**
     * Where a window ends.
     *
     * @param transitions the last ones of its epoch, oldest first, where they are at hand
     * @param errors the last ones of its epoch, newest first, where they are at hand
     * @param sample null for now
     */
    record End(
            Epoch epoch,
            Instant at,
            Frame frame,
            long transitionCount,
            long errorCount,
            List<StateTransition> transitions,
            List<ErrorEvent> errors,
            @Nullable Sample sample) {

        static End now(Epoch epoch, MetricsSample live) {
            return new End(
                    epoch,
                    live.timestamp(),
                    live.frame(),
                    live.transitions(),
                    live.errors(),
                    live.history(),
                    live.recentErrors(),
                    null);
        }

        static End of(Epoch epoch, Sample sample, Frame frame) {
            Sample.Key key = sample.key();
            return new End(epoch, key.takenAt(), frame, key.transitions(), key.errors(), List.of(), List.of(), sample);
        }

        boolean isNow() {
            return sample == null;
        }

        Mark mark() {
            return new Mark(epoch, Objects.requireNonNull(sample));
        }
    }

    /**
     * What happened in a window.
     *
     * @param now where a window ends that is not over
     */
    Stretch stretch(Window window, Supplier<End> now) {
        return window instanceof Window.OfEpoch epoch
                ? ofEpoch(epoch.number(), now)
                : between((Window.Between) window, now);
    }

    private Stretch between(Window.Between window, Supplier<End> now) {
        Instant until = window.until();
        End end = until == null ? now.get() : pastEnd(until);
        Instant since = window.since();
        return since == null ? epoch(end) : since(since, end);
    }

    private End pastEnd(Instant until) {
        return end(until).orElseThrow(() -> new NothingKnownException("until: nothing is known before " + until));
    }

    private Stretch ofEpoch(int number, Supplier<End> now) {
        List<Epoch> all = epochs.all();
        int index = number < 0 ? all.size() + number : number - 1;
        if (index < 0 || index >= all.size()) {
            throw new IllegalArgumentException(
                    "epoch:%d: there is none; known are 1 to %d".formatted(number, all.size()));
        }
        Epoch epoch = all.get(index);
        return epoch(epoch.isOpen() ? now.get() : lastEnd(epoch, number));
    }

    private End lastEnd(Epoch epoch, int number) {
        return end(epoch)
                .orElseThrow(() -> new NothingKnownException("epoch:%d: nothing is known of it".formatted(number)));
    }

    /** The last sample at or before a moment; empty if there is none. */
    private Optional<End> end(Instant until) {
        Optional<Mark> mark = marks.newest(until);
        if (mark.isEmpty()) {
            return Optional.empty();
        }
        Sample sample = mark.get().sample();
        return sample != null
                ? Optional.of(End.of(mark.get().epoch(), sample, marks.frame(sample)))
                : endBefore(mark.get().epoch());
    }

    /** The last sample of all; empty if there is none. */
    Optional<End> lastEnd() {
        return lastOf(epochs.all());
    }

    private Optional<End> endBefore(Epoch epoch) {
        List<Epoch> upTo = epochs.between("", epoch.id());
        return lastOf(upTo.subList(0, upTo.size() - 1));
    }

    private Optional<End> lastOf(List<Epoch> some) {
        for (int i = some.size() - 1; i >= 0; i--) {
            Optional<End> end = end(some.get(i));
            if (end.isPresent()) {
                return end;
            }
        }
        return Optional.empty();
    }

    /** The last sample of an epoch; empty if it has none. */
    private Optional<End> end(Epoch epoch) {
        return marks.last(epoch.id()).map(sample -> End.of(epoch, sample, marks.frame(sample)));
    }

    /** What happened since a moment, up to {@code end}. */
    private Stretch since(Instant since, End end) {
        Span span = end.isNow() ? Span.LAST : Span.PAST;
        Optional<Mark> known = marks.newest(since);
        if (known.isPresent()) {
            return stretch(notAfter(end, known.get()), end, span, List.of());
        }
        return stretch(
                earliest(end),
                end,
                span,
                List.of(new SnapshotWindow.Missing(SnapshotWindow.EARLIEST_KNOWN, since.toEpochMilli())));
    }

    /** What happened since the epoch of {@code end} began. */
    private Stretch epoch(End end) {
        return stretch(new Mark(end.epoch(), null), end, end.isNow() ? Span.EPOCH : Span.PAST, List.of());
    }

    /** The begin of an epoch can be known where no sample of it is yet: then nothing happened up to the last one before. */
    private Mark notAfter(End end, Mark begin) {
        return end.isNow() || epochs.isInOrder(begin.epoch(), end.epoch()) ? begin : end.mark();
    }

    private Mark earliest(End end) {
        Epoch first = epochs.all().stream().findFirst().orElse(end.epoch());
        return new Mark(first, null);
    }

    private Stretch stretch(Mark begin, End end, Span span, List<SnapshotWindow.Missing> missing) {
        List<Epoch> spanned = epochs.between(begin.epoch().id(), end.epoch().id());
        List<SnapshotWindow.Missing> all = new ArrayList<>(missing);
        all.addAll(missingIn(spanned));
        return new Stretch(
                end.epoch().info(),
                new SnapshotWindow(begin.at(), end.at(), span, all),
                counted(begin, end, spanned),
                end.frame(),
                transitions(begin, end, spanned),
                errors(begin, end, spanned));
    }

    private static List<SnapshotWindow.Missing> missingIn(List<Epoch> spanned) {
        List<SnapshotWindow.Missing> missing = new ArrayList<>();
        for (int i = 1; i < spanned.size(); i++) {
            Epoch before = spanned.get(i - 1);
            Instant endedAt = before.endedAt();
            if (before.endedBy() == Epoch.Ending.CRASH && endedAt != null) {
                missing.add(new SnapshotWindow.Missing(SnapshotWindow.CRASH, endedAt.toEpochMilli()));
            }
            if (spanned.get(i).info().openedBy().equals(EpochInfo.ENABLED)) {
                missing.add(new SnapshotWindow.Missing(
                        SnapshotWindow.DISABLED, spanned.get(i).startedAt().toEpochMilli()));
            }
        }
        return missing;
    }

    private Frame counted(Mark begin, End end, List<Epoch> spanned) {
        if (spanned.size() == 1) {
            return since(begin, end.frame());
        }
        Optional<Frame> sum = lastFrame(begin.epoch()).map(last -> since(begin, last));
        for (Epoch between : spanned.subList(1, spanned.size() - 1)) {
            sum = sum(sum, lastFrame(between));
        }
        return sum.map(before -> before.plus(end.frame())).orElse(end.frame());
    }

    private static Optional<Frame> sum(Optional<Frame> before, Optional<Frame> after) {
        return before.isPresent() && after.isPresent()
                ? Optional.of(before.get().plus(after.get()))
                : before.or(() -> after);
    }

    private Frame since(Mark begin, Frame frame) {
        Sample sample = begin.sample();
        return sample == null ? frame : frame.minus(marks.frame(sample));
    }

    private Optional<Frame> lastFrame(Epoch epoch) {
        return marks.last(epoch.id()).map(marks::frame);
    }

    private List<StateTransition> transitions(Mark begin, End end, List<Epoch> spanned) {
        return events(
                begin,
                end,
                spanned,
                End::transitions,
                end.transitionCount() - begin.transitions(),
                Entry.Taken::transitions,
                (after, upTo) -> store.transitions(after, upTo, EVENTS));
    }

    private List<ErrorEvent> errors(Mark begin, End end, List<Epoch> spanned) {
        List<ErrorEvent> newestFirst = new ArrayList<>(events(
                begin,
                end,
                spanned,
                now -> reversed(now.errors()),
                end.errorCount() - begin.errors(),
                Entry.Taken::errors,
                (after, upTo) -> reversed(store.errors(after, upTo, EVENTS))));
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    /** The last events of a window, oldest first. */
    private <E> List<E> events(
            Mark begin,
            End end,
            List<Epoch> spanned,
            Function<End, List<E>> atHand,
            long freshInEpoch,
            Function<Entry.Taken, List<E>> ofSample,
            BiFunction<Mark, Mark, List<E>> ofStore) {
        if (events == 0) {
            return List.of();
        }
        if (!end.isNow()) {
            return newest(recorded(begin, end.mark(), ofSample, ofStore));
        }
        if (spanned.size() == 1) {
            return newest(atHand.apply(end), freshInEpoch);
        }
        List<E> all = new ArrayList<>();
        if (atHand.apply(end).size() < EVENTS) {
            endBefore(end.epoch()).ifPresent(before -> all.addAll(recorded(begin, before.mark(), ofSample, ofStore)));
        }
        all.addAll(atHand.apply(end));
        return newest(all);
    }

    @SuppressWarnings("ReferenceEquality")
    private <E> List<E> recorded(
            Mark after, Mark upTo, Function<Entry.Taken, List<E>> ofSample, BiFunction<Mark, Mark, List<E>> ofStore) {
        Optional<SampleRing.Tail> tail = ring.between(after, Objects.requireNonNull(upTo.sample()));
        if (tail.isEmpty()) {
            return ofStore.apply(after, upTo);
        }
        List<E> events = new ArrayList<>();
        if (tail.get().after() != after) {
            events.addAll(ofStore.apply(after, tail.get().after()));
        }
        tail.get().taken().forEach(taken -> events.addAll(ofSample.apply(taken)));
        return events;
    }

    private static <E> List<E> newest(List<E> oldestFirst) {
        return newest(oldestFirst, EVENTS);
    }

    private static <E> List<E> newest(List<E> oldestFirst, long most) {
        int kept = (int) Math.max(0, Math.min(oldestFirst.size(), Math.min(most, EVENTS)));
        return oldestFirst.subList(oldestFirst.size() - kept, oldestFirst.size());
    }

    private static <E> List<E> reversed(List<E> list) {
        List<E> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }
}
