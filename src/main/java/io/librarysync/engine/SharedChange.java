package io.librarysync.engine;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Hlc;
import io.librarysync.domain.ModelType;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the shared log: what {@code author} did to a record as its {@code seq}-th act.
 *
 * @param base the version that was overwritten; null for a creation
 * @param data the whole record after the change; null for a deletion
 */
public record SharedChange(
        DeviceId author,
        long seq,
        Hlc hlc,
        @JsonProperty("base_hlc") @Nullable Hlc base,
        ModelType model,
        @JsonProperty("record_uuid") UUID uuid,
        Op op,
        @Nullable RecordData data) {

    public SharedChange {
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(hlc, "hlc");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(uuid, "record_uuid");
        Objects.requireNonNull(op, "op");
    }

    /** What was done to the record. */
    public enum Op {
        CREATE,
        UPDATE,
        DELETE
    }

    public boolean isDeletion() {
        return op == Op.DELETE;
    }
}
