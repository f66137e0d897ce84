package io.librarysync.app;

import io.librarysync.cli.Assignment;
import io.librarysync.cli.CommandFailure;
import io.librarysync.cli.KeptPast;
import io.librarysync.cli.NodeHost;
import io.librarysync.cli.StartRequest;
import io.librarysync.cli.Terminal;
import io.librarysync.history.SnapshotStoreException;
import io.librarysync.history.StoredHistory;
import io.librarysync.store.MetricsDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one device as this process: until a signal ends it, which counts as a clean end. */
final class DeviceProcess implements NodeHost {

    @Override
    public List<Assignment> settings(StartRequest request) {
        return NodeConfig.settings(request);
    }

    @Override
    public Optional<KeptPast> keptPast(Path directory) {
        Path file = new DeviceFolder(directory).metrics();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return MetricsDatabase.sources(file).stream()
                    .findFirst()
                    .map(source -> past(MetricsDatabase.openOffline(file, source), source));
        } catch (SnapshotStoreException e) {
            throw CommandFailure.couldNot(String.valueOf(e.getMessage()));
        }
    }

    private static KeptPast past(MetricsDatabase database, MetricsDatabase.Source source) {
        return new KeptPast(new StoredHistory(database, source.library(), source.device()), database.events());
    }

    @Override
    public void run(StartRequest request, Terminal terminal) {
        Logs.silence();
        HeadStart.begin();
        NodeConfig config = NodeConfig.of(request);
        SyncNode node = SyncNode.start(config);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(node), "stop"));
        warn(terminal, node.ready().historyProblem());
        terminal.out().println(ReadyLine.of(node.ready().file()));
        awaitSignal();
    }

    private static void warn(Terminal terminal, @Nullable String historyProblem) {
        if (historyProblem != null) {
            terminal.err()
                    .println("sd: sync goes on, but its history is not kept: "
                            + historyProblem.split("\\R", 2)[0]);
        }
    }

    private static void awaitSignal() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw CommandFailure.couldNot("the device was interrupted; its folder has a log");
        }
    }

    /** Takes the exit code of the process into its own hands: the default for a signal is that of a failure. */
    private static void end(SyncNode node) {
        Logger log = LoggerFactory.getLogger(DeviceProcess.class);
        int exitCode = 0;
        try {
            node.close();
        } catch (RuntimeException e) {
            log.error("the device did not stop cleanly", e);
            exitCode = 1;
        }
        Logs.close();
        Runtime.getRuntime().halt(exitCode);
    }
}
