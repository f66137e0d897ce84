package io.librarysync.domain;

import java.util.UUID;

/** Identifies a device: one process with its own copy of a library. Ordered as its lower-case text, because {@link UUID#compareTo} compares signed halves. */
public record DeviceId(UUID value) implements Comparable<DeviceId> {

    public static DeviceId parse(String text) {
        return new DeviceId(UUID.fromString(text));
    }

    @Override
    public int compareTo(DeviceId other) {
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
