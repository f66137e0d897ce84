package io.librarysync.domain;

import java.util.Comparator;
import java.util.HexFormat;

/**
 * A hybrid logical clock stamp: physical milliseconds, then a counter, then the device, compared in that order. Its text,
 * {@code <16 hex>-<16 hex>-<uuid>}, sorts the same way (Kulkarni et al., "Logical Physical Clocks", 2014).
 */
public record Hlc(long millis, long counter, DeviceId device) implements Comparable<Hlc> {

    private static final Comparator<Hlc> ORDER = Comparator.comparingLong(Hlc::millis)
            .thenComparingLong(Hlc::counter)
            .thenComparing(Hlc::device);
    private static final HexFormat HEX = HexFormat.of();
    private static final int DEVICE_AT = 34;

    public Hlc {
        if (millis < 0 || counter < 0) {
            throw new IllegalArgumentException("a clock stamp is never negative: " + millis + ", " + counter);
        }
    }

    /** Reads the text form; anything else is an {@link IllegalArgumentException}. */
    public static Hlc parse(String text) {
        if (text.length() != DEVICE_AT + 36 || text.charAt(16) != '-' || text.charAt(DEVICE_AT - 1) != '-') {
            throw new IllegalArgumentException("not a clock stamp: " + text);
        }
        return new Hlc(
                HexFormat.fromHexDigitsToLong(text, 0, 16),
                HexFormat.fromHexDigitsToLong(text, 17, DEVICE_AT - 1),
                DeviceId.parse(text.substring(DEVICE_AT)));
    }

    @Override
    public int compareTo(Hlc other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return HEX.toHexDigits(millis) + '-' + HEX.toHexDigits(counter) + '-' + device;
    }
}
