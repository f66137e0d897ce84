package io.librarysync.instrument;

import io.librarysync.instrument.SeriesCatalogue.Entry;
import io.librarysync.instrument.SeriesKey.Part;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * All numbers of a system at one moment, or over one stretch of time, each at its place in a catalogue. Immutable. A number
 * that is not known has no value, which is not 0.
 *
 * <p>What adds up is counted since the epoch began, or over the stretch; everything else is as of the moment, or of the end
 * of the stretch.
 */
public final class Frame {
    static final long ABSENT = Long.MIN_VALUE;

    private final SeriesCatalogue catalogue;
    private final long[] values;

    Frame(SeriesCatalogue catalogue, long[] values) {
        this.catalogue = catalogue;
        this.values = values;
    }

    /** Nothing is known, nothing was counted. */
    public static Frame empty(SeriesCatalogue catalogue) {
        return new Frame(catalogue, new long[0]);
    }

    public SeriesCatalogue catalogue() {
        return catalogue;
    }

    /** What was counted after {@code earlier}, a moment of the same epoch. */
    public Frame minus(Frame earlier) {
        long[] base = earlier.in(catalogue).values;
        Part[] parts = catalogue.parts();
        long[] difference = values.clone();
        for (int place = 0; place < difference.length; place++) {
            difference[place] = difference(parts[place], values[place], at(base, place, parts[place]));
        }
        return new Frame(catalogue, difference);
    }

    private static long difference(Part part, long value, long earlier) {
        if (part.isExtreme()) {
            return ABSENT;
        }
        return part.addsUp() && value != ABSENT && earlier != ABSENT ? value - earlier : value;
    }

    /** This stretch and the one after it, as one. */
    public Frame plus(Frame later) {
        long[] before = in(later.catalogue).values;
        long[] after = later.values;
        Part[] parts = later.catalogue.parts();
        long[] sum = Arrays.copyOf(after, Math.max(before.length, after.length));
        for (int place = 0; place < sum.length; place++) {
            sum[place] = sum(parts[place], at(before, place, parts[place]), at(after, place, parts[place]));
        }
        return new Frame(later.catalogue, sum);
    }

    private static long sum(Part part, long before, long after) {
        if (!part.addsUp()) {
            return part.isExtreme() ? ABSENT : after;
        }
        if (before == ABSENT) {
            return after;
        }
        return after == ABSENT ? before : before + after;
    }

    /** The same numbers at their places in another catalogue. */
    public Frame in(SeriesCatalogue other) {
        if (other == catalogue) {
            return this;
        }
        FrameBuilder moved = new FrameBuilder(other);
        for (Entry entry : catalogue.after(0)) {
            int place = other.placeOf(entry.key());
            for (int i = 0; i < entry.key().width(); i++) {
                moved.put(place + i, at(entry.place() + i));
            }
        }
        return moved.build();
    }

    /** The value of one number, and of no page of buckets; {@code unknown} where there is none. */
    public long value(SeriesKey key, long unknown) {
        long value = at(catalogue.placeOf(key));
        return value == ABSENT ? unknown : value;
    }

    /** Every number that has a value; buckets, which are many numbers, are left out. */
    public void forEach(BiConsumer<SeriesKey, Long> visitor) {
        forEach("", visitor);
    }

    /** The same of the metrics whose name begins so. */
    public void forEach(String prefix, BiConsumer<SeriesKey, Long> visitor) {
        for (Entry entry : catalogue.after(0)) {
            SeriesKey key = entry.key();
            if (key.part() != Part.BUCKETS && key.metric().startsWith(prefix) && at(entry.place()) != ABSENT) {
                visitor.accept(key, at(entry.place()));
            }
        }
    }

    /** The bytes from which {@link #decode} makes this frame again, given {@code base}: what differs, and nothing else. */
    public byte[] encode(Frame base) {
        long[] before = base.in(catalogue).values;
        Part[] parts = catalogue.parts();
        Varints out = new Varints();
        int last = -1;
        int end = Math.max(values.length, before.length);
        for (int place = nextDifference(before, 0); place < end; place = nextDifference(before, place + 1)) {
            long was = at(before, place, parts[place]);
            long is = at(values, place, parts[place]);
            if (was != is) {
                out.putUnsigned(((long) (place - last) << 1) | (is == ABSENT ? 1 : 0));
                if (is != ABSENT) {
                    out.putSigned(is - (was == ABSENT ? 0 : was));
                }
                last = place;
            }
        }
        return out.toBytes();
    }

    /** The first place from {@code from} on where the values differ, or where only one of both has any. */
    private int nextDifference(long[] others, int from) {
        int shared = Math.min(values.length, others.length);
        int first = from < shared ? Arrays.mismatch(values, from, shared, others, from, shared) : 0;
        return first < 0 ? shared : from + first;
    }

    /** The frame that {@code bytes} are the difference of to {@code base}; anything else is refused. */
    public static Frame decode(byte[] bytes, Frame base) {
        FrameBuilder builder = new FrameBuilder(base);
        Varints in = new Varints(bytes);
        int place = -1;
        while (in.hasMore()) {
            long step = in.unsigned();
            place = Math.addExact(place, Math.toIntExact(step >>> 1));
            base.catalogue.requireKnown(place);
            long was = builder.at(place);
            builder.put(place, (step & 1) == 1 ? ABSENT : in.signed() + (was == ABSENT ? 0 : was));
        }
        return builder.build();
    }

    /** The value at a place; {@link #ABSENT} where there is none. */
    long at(int place) {
        return at(values, place, catalogue.parts()[place]);
    }

    /** The values by place, as far as there are any; the caller must not change them. */
    long[] values() {
        return values;
    }

    private static long at(long[] values, int place, Part part) {
        return place < values.length ? values[place] : unset(part);
    }

    /** Buckets that nothing fell into are 0; every other number is known only once somebody said it. */
    static long unset(Part part) {
        return part == Part.BUCKETS ? 0 : ABSENT;
    }
}
