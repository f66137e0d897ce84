package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.record.SyncRecorder;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Everything a {@link LibraryIndexer} is made of.
 *
 * @param scheduler where all its work runs but the reading of content; not the one of the engine
 * @param fileReaders where content is read, several files at once
 * @param uuids random uuids
 * @param dataFolders which directories hold the files of a device, this one or another. They change with every commit, so
 *     nothing in them is ever looked at: looking would never end
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
        Predicate<Path> dataFolders) {}
