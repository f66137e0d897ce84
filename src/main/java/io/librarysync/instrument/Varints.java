package io.librarysync.instrument;

import java.util.Arrays;

/** Whole numbers as bytes, seven bits each, small ones short; signed ones with the sign in the lowest bit. */
final class Varints {
    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;
    private static final int LONGEST = 10;

    private byte[] bytes;
    private int at;

    /** For writing. */
    Varints() {
        this(new byte[64]);
    }

    /** For reading. */
    Varints(byte[] bytes) {
        this.bytes = bytes;
    }

    void putUnsigned(long value) {
        if (at + LONGEST > bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        long rest = value;
        while ((rest & -MORE) != 0) {
            bytes[at++] = (byte) (rest | MORE);
            rest >>>= BITS;
        }
        bytes[at++] = (byte) rest;
    }

    void putSigned(long value) {
        putUnsigned((value << 1) ^ (value >> (Long.SIZE - 1)));
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, at);
    }

    boolean hasMore() {
        return at < bytes.length;
    }

    long unsigned() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += BITS) {
            if (!hasMore()) {
                throw new IllegalArgumentException("a number ends too early");
            }
            byte next = bytes[at++];
            value |= (long) (next & (MORE - 1)) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number is too long");
    }

    long signed() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }
}
