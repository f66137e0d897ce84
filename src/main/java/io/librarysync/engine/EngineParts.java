package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.LibraryId;
import io.librarysync.domain.SyncClock;
import io.librarysync.record.SyncRecorder;
import java.util.UUID;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Everything a {@link SyncEngine} is made of.
 *
 * @param expectsPeers whether any peer is configured; a device without one is Ready at once
 * @param loop where all state of the device lives; nothing else may use the writer of {@code library}
 * @param serving where pages are read for peers
 * @param events where peers that ask for past events read them
 * @param uuids random uuids
 * @param jitter numbers from 0 up to 1 that spread retries in time
 */
public record EngineParts(
        LibraryId library,
        DeviceId device,
        String name,
        boolean expectsPeers,
        EngineConfig config,
        SyncClock clock,
        Scheduler loop,
        Scheduler serving,
        Supplier<UUID> uuids,
        DoubleSupplier jitter,
        Transport transport,
        LibraryStore store,
        EventLogReader events,
        SyncRecorder recorder) {}
