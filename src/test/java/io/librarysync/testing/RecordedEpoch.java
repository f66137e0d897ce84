package io.librarysync.testing;

import io.librarysync.history.Entry;
import io.librarysync.history.Epoch;
import io.librarysync.history.Sample;
import io.librarysync.history.Tier;
import io.librarysync.instrument.Frame;
import io.librarysync.instrument.FrameBuilder;
import io.librarysync.instrument.FrameWriter;
import io.librarysync.instrument.MetricRegistry;
import io.librarysync.instrument.SeriesCatalogue;
import io.librarysync.metrics.EpochInfo;
import io.librarysync.metrics.ErrorEvent;
import io.librarysync.metrics.StateTransition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** An epoch with made-up numbers, and the entries that a history of it is made of. Every sample has new series in it. */
public final class RecordedEpoch {
    private final Epoch open;
    private final FrameWriter frames;
    private final MetricRegistry registry = new MetricRegistry();
    private final List<Sample> samples = new ArrayList<>();

    public RecordedEpoch(String id, Instant startedAt, SeriesCatalogue catalogue) {
        this.open = Epoch.open(new EpochInfo(id, startedAt, EpochInfo.START), "run");
        this.frames = new FrameWriter(registry, catalogue);
    }

    public Epoch open() {
        return open;
    }

    public Entry begun() {
        return new Entry.Begun(open);
    }

    /** A sample, the difference to the last one that it may be the difference to. */
    public Entry.Taken taken(Instant at, Tier tier) {
        return taken(at, tier, null);
    }

    /** The same with the whole snapshot. */
    public Entry.Taken taken(Instant at, Tier tier, @Nullable String json) {
        return new Entry.Taken(sample(at, tier, base(tier), 0, 0), List.of(), List.of(), json);
    }

    /** The last sample with a whole snapshot. */
    public Entry.Taken whole(String json) {
        return new Entry.Taken(last(), List.of(), List.of(), json);
    }

    /** A short-lived sample, the difference to a given one. */
    public Entry.Taken takenAfter(Sample base, Instant at) {
        return new Entry.Taken(sample(at, Tier.SHORT, base, 0, 0), List.of(), List.of(), null);
    }

    /**
     * A sample after events that happened at that moment, named by their numbers in the epoch.
     *
     * @param unknown how many of the transitions, and of the errors, nobody wrote down
     */
    public Entry.Taken takenAfter(int transitions, int errors, int unknown, Instant at) {
        Sample sample = sample(at, Tier.SHORT, base(Tier.SHORT), transitions, errors);
        return new Entry.Taken(
                sample,
                numbers(sample.key().transitions(), transitions - unknown)
                        .mapToObj(number -> transition(open.id() + number, at))
                        .toList(),
                numbers(sample.key().errors(), errors - unknown)
                        .mapToObj(number -> error(open.id() + number, at))
                        .toList(),
                null);
    }

    private static LongStream numbers(long last, int many) {
        return LongStream.rangeClosed(last - many + 1, last);
    }

    public static StateTransition transition(String reason, Instant at) {
        return new StateTransition("Ready", "CatchingUp", at.toEpochMilli(), reason);
    }

    public static ErrorEvent error(String message, Instant at) {
        return new ErrorEvent(at.toEpochMilli(), "network", message, null, "peer");
    }

    public Epoch over(Epoch.Ending by) {
        return open.ended(samples.isEmpty() ? open.startedAt() : last().takenAt(), by);
    }

    public Entry ended(Epoch.Ending by) {
        return new Entry.Ended(over(by));
    }

    /** All samples so far. */
    public List<Sample> samples() {
        return samples;
    }

    public Sample last() {
        return samples.get(samples.size() - 1);
    }

    private @Nullable Sample base(Tier tier) {
        return tier == Tier.LONG
                ? null
                : samples.stream()
                        .filter(sample -> sample.tier().compareTo(tier) < 0 || tier == Tier.SHORT)
                        .reduce((first, second) -> second)
                        .orElse(null);
    }

    private Sample sample(Instant at, Tier tier, @Nullable Sample base, int transitions, int errors) {
        Frame frame = frame(samples.size() + 1L);
        Sample.Key key = key(at, transitions, errors);
        byte[] difference = frame.encode(base == null ? Frame.empty(frame.catalogue()) : base.frame());
        Sample sample = new Sample(key, tier, base, frame.catalogue(), difference);
        samples.add(sample);
        return sample;
    }

    private Sample.Key key(Instant at, int transitions, int errors) {
        if (samples.isEmpty()) {
            return new Sample.Key(open.id(), 1, at, at.isBefore(open.startedAt()) ? 1 : 0, transitions, errors);
        }
        Sample.Key before = last().key();
        int stretch = at.isBefore(before.takenAt()) ? before.stretch() + 1 : before.stretch();
        return new Sample.Key(
                open.id(),
                before.number() + 1,
                at,
                stretch,
                before.transitions() + transitions,
                before.errors() + errors);
    }

    private Frame frame(long number) {
        FrameBuilder frame = frames.begin(registry.read());
        frame.count("ChangesSent", 3 * number);
        frame.level("QueueDepth", number % 5);
        for (long peer = 1; peer <= number; peer += number / 8 + 1) {
            frame.count("ChangesReceived", number + peer, open.id() + " peer " + peer, "entry|tag");
        }
        return frame.build();
    }
}
