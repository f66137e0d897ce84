package io.librarysync.engine;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.librarysync.domain.Hlc;
import io.librarysync.domain.ModelType;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A shared record as it stands, deleted ones included, with the version that its log entries had. */
public record SnapshotRow(
        ModelType model,
        UUID uuid,
        Hlc hlc,
        @JsonProperty("base_hlc") @Nullable Hlc base,
        boolean deleted,
        @Nullable RecordData data) {

    public SnapshotRow {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(uuid, "uuid");
        Objects.requireNonNull(hlc, "hlc");
    }
}
