package io.librarysync.domain;

import java.util.UUID;

/** Identifies a library: the set of records that its member devices replicate. Ordered as its lower-case text, because {@link UUID#compareTo} compares signed halves. */
public record LibraryId(UUID value) implements Comparable<LibraryId> {

    public static LibraryId parse(String text) {
        return new LibraryId(UUID.fromString(text));
    }

    @Override
    public int compareTo(LibraryId other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
