package io.librarysync.app;

import io.librarysync.cli.CommandFailure;
import io.librarysync.cli.NodeFile;
import io.librarysync.engine.StoreException;
import io.librarysync.engine.TransportException;
import io.librarysync.store.UnusableDataException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running device. It is ready when its library is open and its HTTP server is up, whether or not any peer is there.
 */
final class SyncNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SyncNode.class);

    private final Opened opened;
    private final Ready ready;

    private SyncNode(Opened opened, Ready ready) {
        this.opened = opened;
        this.ready = ready;
    }

    /**
     * How a device got ready.
     *
     * @param file what it tells about itself
     * @param historyProblem why its history is not kept; null if it is
     */
    record Ready(NodeFile file, @Nullable String historyProblem) {}

    /** Starts a device; whatever was opened is closed again if something is in the way. */
    static SyncNode start(NodeConfig config) {
        Opened opened = new Opened();
        try {
            Ready ready = new Assembly(config, opened).open();
            LOG.info("ready: {}", ReadyLine.of(ready.file()));
            return new SyncNode(opened, ready);
        } catch (IOException | RuntimeException e) {
            LOG.error("the device could not start", e);
            opened.close();
            throw failure(e, new DeviceFolder(config.directory()));
        }
    }

    Ready ready() {
        return ready;
    }

    /** Leaves the other devices, stores the closing snapshot and takes everything apart. */
    @Override
    public void close() {
        LOG.info("stopping");
        opened.close();
        LOG.info("stopped");
    }

    private static CommandFailure failure(Exception cause, DeviceFolder folder) {
        if (cause instanceof CommandFailure known) {
            return known;
        }
        if (cause instanceof StoreException) {
            return CommandFailure.couldNot("%s: cannot be used: %s".formatted(folder.library(), cause.getMessage()));
        }
        boolean told = cause instanceof UnusableDataException
                || cause instanceof TransportException
                || cause instanceof IllegalArgumentException
                || cause instanceof IOException;
        return CommandFailure.couldNot(told ? String.valueOf(cause.getMessage()) : "cannot start: " + cause);
    }
}
