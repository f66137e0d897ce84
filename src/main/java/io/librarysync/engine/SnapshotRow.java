package io.librarysync.engine;

import io.librarysync.domain.Hlc;
import io.librarysync.domain.ModelType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A shared record as it stands, deleted ones included, with the version that its log entries had. */
public record SnapshotRow(
        ModelType model, UUID uuid, Hlc hlc, @Nullable Hlc base, boolean deleted, @Nullable RecordData data) {}
