package io.librarysync.engine;

import io.librarysync.domain.ModelType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What this device does to one record of its library. */
public sealed interface LocalChange {

    ModelType model();

    UUID uuid();

    /**
     * Creates the record or replaces its whole content. A shared record that already has exactly this content is left as it
     * is, and so is any record that was deleted: its uuid never returns.
     *
     * @param fileKey for an entry what its file system calls the file, kept on this device only; null keeps what is stored
     */
    record Put(ModelType model, UUID uuid, RecordData data, @Nullable String fileKey) implements LocalChange {

        public Put(ModelType model, UUID uuid, RecordData data) {
            this(model, uuid, data, null);
        }
    }

    /** Notes what the file system now calls the file of an entry; stays on this device and is no change for the peers. */
    record Rekey(UUID uuid, String fileKey) implements LocalChange {

        @Override
        public ModelType model() {
            return LibraryModels.ENTRY;
        }
    }

    /** Deletes the record and all that cascades from it, as one change; does nothing if there is no such record. */
    record Remove(ModelType model, UUID uuid) implements LocalChange {}
}
