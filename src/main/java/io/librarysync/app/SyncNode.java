package io.librarysync.app;

import io.librarysync.cli.CommandFailure;
import io.librarysync.cli.NodeFile;
import io.librarysync.engine.StoreException;
import io.librarysync.engine.TransportException;
import io.librarysync.store.UnusableDataException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running device. It is ready when its library is open and its HTTP server is up, whether or not any peer is there.
 */
final class SyncNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SyncNode.class);

    private final Opened opened;
    private final NodeFile file;

    private SyncNode(Opened opened, NodeFile file) {
        this.opened = opened;
        this.file = file;
    }

    /** Starts a device; whatever was opened is closed again if something is in the way. */
    static SyncNode start(NodeConfig config) {
        Opened opened = new Opened();
        try {
            NodeFile file = new Assembly(config, opened).open();
            LOG.info("ready: {}", ReadyLine.of(file));
            return new SyncNode(opened, file);
        } catch (IOException | RuntimeException e) {
            LOG.error("the device could not start", e);
            opened.close();
            throw failure(e, new DeviceFolder(config.directory()));
        }
    }

    /** What the device tells about itself. */
    NodeFile file() {
        return file;
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
