package io.librarysync.engine;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One device-owned change: the record as it is at {@code rev}, or, without data, its deletion. */
public record StateChange(UUID uuid, long rev, @Nullable RecordData data, long changedAt) {

    public boolean isDeletion() {
        return data == null;
    }
}
