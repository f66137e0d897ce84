package io.librarysync.app;

import io.librarysync.engine.jgroups.JGroupsTransport;
import io.librarysync.jmx.BeanServer;
import io.librarysync.store.SqliteDriver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads what takes long to load and needs nothing, beside the parts that are put together one after the other. Nothing
 * waits for it, and what fails here fails again, and is told, where it is needed.
 */
final class HeadStart {
    private static final Logger LOG = LoggerFactory.getLogger(HeadStart.class);

    private HeadStart() {}

    static void begin() {
        load("the database", SqliteDriver::load);
        load("the network and the beans", () -> {
            JGroupsTransport.load();
            BeanServer.ofProcess();
        });
    }

    private interface Loading {
        void run() throws Exception;
    }

    private static void load(String name, Loading loading) {
        Thread thread = new Thread(() -> loadNow(name, loading), "load " + name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void loadNow(String name, Loading loading) {
        try {
            loading.run();
        } catch (Exception e) {
            LOG.debug("{} did not load ahead", name, e);
        }
    }
}
