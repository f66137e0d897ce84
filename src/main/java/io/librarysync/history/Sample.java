package io.librarysync.history;

import io.librarysync.instrument.Frame;
import io.librarysync.instrument.SeriesCatalogue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a device at one moment, as the difference to an earlier sample. Immutable. Whoever holds a sample holds
 * what it is the difference to; nothing else is needed to read it.
 */
public final class Sample {
    private static final int NODE_BYTES = 96;

    private final Key key;
    private final Tier tier;
    private final @Nullable Sample base;
    private final SeriesCatalogue catalogue;
    private final byte[] difference;

    /**
     * Which sample it is.
     *
     * @param epoch the id of the epoch it belongs to
     * @param number its place in the epoch, from 1 on
     * @param stretch how often the wall clock had been set back in the epoch by then; inside a stretch time rises
     * @param transitions how many transitions the epoch had had by then
     * @param errors how many errors
     */
    public record Key(String epoch, long number, Instant takenAt, int stretch, long transitions, long errors) {}

    /** @param base what {@code difference} is the difference to; null for nothing */
    public Sample(Key key, Tier tier, @Nullable Sample base, SeriesCatalogue catalogue, byte[] difference) {
        this.key = key;
        this.tier = tier;
        this.base = base;
        this.catalogue = catalogue;
        this.difference = difference.clone();
    }

    /** A sample of {@code frame}, as the difference to nothing. */
    static Sample alone(Key key, Frame frame) {
        return new Sample(key, Tier.LONG, null, frame.catalogue(), frame.encode(Frame.empty(frame.catalogue())));
    }

    /** A sample of {@code frame}, as the difference to {@code base}, whose numbers are {@code from}. */
    static Sample of(Key key, Tier tier, Sample base, Frame from, Frame frame) {
        return new Sample(key, tier, base, frame.catalogue(), frame.encode(from));
    }

    public Key key() {
        return key;
    }

    public String epoch() {
        return key.epoch();
    }

    public long number() {
        return key.number();
    }

    public Instant takenAt() {
        return key.takenAt();
    }

    public Tier tier() {
        return tier;
    }

    public @Nullable Sample base() {
        return base;
    }

    public SeriesCatalogue catalogue() {
        return catalogue;
    }

    /** The difference as bytes. */
    public byte[] difference() {
        return difference.clone();
    }

    /** The numbers. */
    public Frame frame() {
        return frame(base == null ? Frame.empty(catalogue) : base.frame());
    }

    /** @param from the numbers of what it is the difference to */
    Frame frame(Frame from) {
        return Frame.decode(difference, from);
    }

    /** The same sample as the difference to nothing. */
    Sample alone() {
        return base == null ? this : alone(key, frame());
    }

    /** About how many bytes of memory it takes, without what it is the difference to. */
    int size() {
        return difference.length + NODE_BYTES;
    }
}
