package io.librarysync.engine;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One device-owned change: the record as it is at {@code rev}, or, without data, its deletion. */
public record StateChange(UUID uuid, long rev, @Nullable RecordData data, long changedAt) {

    public StateChange {
        Objects.requireNonNull(uuid, "uuid");
    }

    private static final String UPSERT = "upsert";
    private static final String DELETE = "delete";

    /** Reads a change from the wire; an upsert without data has empty data, which no model accepts. */
    @JsonCreator
    static StateChange read(
            @JsonProperty(value = "uuid", required = true) UUID uuid,
            @JsonProperty(value = "rev", required = true) long rev,
            @JsonProperty(value = "op", required = true) String op,
            @JsonProperty("data") @Nullable RecordData data,
            @JsonProperty(value = "changed_at", required = true) long changedAt) {
        if (op.equals(DELETE)) {
            return new StateChange(uuid, rev, null, changedAt);
        }
        return new StateChange(uuid, rev, data == null ? RecordData.EMPTY : data, changedAt);
    }

    /** What is done to the record, as it stands on the wire. */
    @JsonProperty("op")
    String op() {
        return isDeletion() ? DELETE : UPSERT;
    }

    public boolean isDeletion() {
        return data == null;
    }
}
