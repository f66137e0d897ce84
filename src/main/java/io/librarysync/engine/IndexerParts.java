package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.record.SyncRecorder;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Everything a {@link LibraryIndexer} is made of.
 *
 * @param scheduler where all its work runs but the reading of content; not the one of the engine
 * @param fileReaders where content is read, several files at once
 * @param uuids random uuids
 * @param dataFolder where this device keeps its own files; nothing in it is ever looked at
 */
public record IndexerParts(
        DeviceId device,
        EngineConfig config,
        Scheduler scheduler,
        Executor fileReaders,
        FileWatcher watcher,
        LibraryStore store,
        LocalWriter writer,
        Supplier<UUID> uuids,
        SyncRecorder recorder,
        Path dataFolder) {}
