package io.librarysync.app;

import io.librarysync.cli.NodeFile;
import io.librarysync.cli.Version;
import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Fault;
import io.librarysync.domain.LibraryId;
import io.librarysync.domain.SyncClock;
import io.librarysync.engine.EngineParts;
import io.librarysync.engine.FileWatcher;
import io.librarysync.engine.IndexerParts;
import io.librarysync.engine.LibraryIndexer;
import io.librarysync.engine.LibraryModels;
import io.librarysync.engine.LibraryStore;
import io.librarysync.engine.RecorderTimer;
import io.librarysync.engine.SyncEngine;
import io.librarysync.engine.jgroups.JGroupsSettings;
import io.librarysync.engine.jgroups.JGroupsTransport;
import io.librarysync.engine.jgroups.SharedSecret;
import io.librarysync.events.EventBook;
import io.librarysync.events.EventLog;
import io.librarysync.events.EventStore;
import io.librarysync.events.SyncEvents;
import io.librarysync.export.SnapshotJson;
import io.librarysync.history.Epoch;
import io.librarysync.history.History;
import io.librarysync.history.SnapshotStore;
import io.librarysync.http.DeviceServer;
import io.librarysync.http.HttpToken;
import io.librarysync.jmx.BeanServer;
import io.librarysync.jmx.RemoteJmx;
import io.librarysync.jmx.SyncMBeans;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.store.DataDirectoryLock;
import io.librarysync.store.MetricsDatabase;
import io.librarysync.store.SqliteLibraryStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Puts one device together, each part from those before it, and notes what must be closed. */
final class Assembly {
    private static final int FILE_READERS = 2;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration PRUNE = Duration.ofHours(1);

    private final NodeConfig config;
    private final Opened opened;
    private final DeviceFolder folder;
    private final SyncClock clock = SyncClock.system();

    Assembly(NodeConfig config, Opened opened) {
        this.config = config;
        this.opened = opened;
        this.folder = new DeviceFolder(config.directory());
    }

    SyncNode.Ready open() throws IOException {
        Optional<Secret> secret = config.secretFile().map(Secret::read);
        folder.create();
        opened.add("the folder", DataDirectoryLock.acquire(folder.path()));
        FirstStart first = opened.add("the first start", FirstStart.in(folder));
        Logs.open(folder.path());
        opened.add("node.json", () -> NodeFile.remove(folder.path()));
        Identity identity = folder.identity(config, secret, UUID::randomUUID);
        String run = UUID.randomUUID().toString();
        SyncEvents events = events(identity, run);
        SyncMetrics metrics = metrics(identity, events);
        EngineStatements statements = new EngineStatements(new RecorderTimer(metrics.recorder()));
        LibraryStore library = opened.add("the library", SqliteLibraryStore.open(folder.library(), statements));
        MetricsDatabase database = opened.add("the snapshots", database(metrics));
        EventBook book = keep(events, metrics, database.events());
        History history = history(metrics, database, run);
        tellOfCrash(history, events);
        JGroupsTransport transport = transport(identity, secret);
        SyncEngine engine = engine(identity, metrics, library, book, transport);
        LibraryIndexer indexer = indexer(identity, metrics, library, engine);
        EngineControl control = new EngineControl(folder, engine, indexer);
        config.locations().forEach(control::checkLocation);
        SyncMBeans beans = beans(metrics, history, book, control);
        HttpToken token = HttpToken.of(folder.path(), new SecureRandom());
        @Nullable RemoteJmx jmx = jmx(token);
        NodeStatus status =
                new NodeStatus(config, keepsAnotherLibrary(identity, secret), library, statements, metrics, control);
        DeviceServer http = http(token, beans, status);
        config.locations().forEach(control::keepLocation);
        NodeFile file = announced(identity, http, jmx, transport);
        first.succeeded();
        return new SyncNode.Ready(file, history.problem());
    }

    private boolean keepsAnotherLibrary(Identity identity, Optional<Secret> secret) {
        return secret.map(text -> !text.libraryId(config.libraryName()).equals(identity.libraryId()))
                .orElse(false);
    }

    private SyncEvents events(Identity identity, String run) {
        return new SyncEvents(self(identity), clock, run, SyncEvents.STANDARD_CAPACITY, config.metricsEnabled());
    }

    private SyncMetrics metrics(Identity identity, SyncEvents events) {
        SyncMetrics metrics = new SyncMetrics(
                new Member(identity.libraryId().toString(), identity.libraryName()),
                self(identity),
                clock,
                LibraryModels.types(),
                config.metricsEnabled(),
                events.recorder());
        events.follow(metrics);
        return metrics;
    }

    /** Keeps events from now on, up to the one that says that the epoch is over. */
    private EventBook keep(SyncEvents events, SyncMetrics metrics, EventStore store) {
        EventLog log = new EventLog(
                store, clock, config.events(), metrics::eventDropped, why -> metrics.historyFailed(eventsFault(why)));
        events.journal().join(log);
        opened.add("the event log", log);
        opened.add("the events", () -> events.stopped(metrics));
        SerialScheduler writer = opened.add("the writer of events", new SerialScheduler("events"));
        writer.execute(log::prune);
        writer.every(SECOND, () -> {
            events.flushDue();
            log.write();
        });
        writer.every(PRUNE, log::prune);
        return new EventBook(events.journal(), store);
    }

    private static Fault eventsFault(String why) {
        return new Fault("metrics_db", "event log: " + why);
    }

    private static void tellOfCrash(History history, SyncEvents events) {
        history.epochs().stream()
                .filter(epoch -> epoch.endedBy() != null)
                .reduce((older, newer) -> newer)
                .filter(last -> last.endedBy() == Epoch.Ending.CRASH)
                .ifPresent(last -> events.crashed(last.info()));
    }

    private static Member self(Identity identity) {
        return new Member(identity.deviceId().toString(), identity.deviceName());
    }

    private History history(SyncMetrics metrics, SnapshotStore store, String run) {
        SerialScheduler writer = opened.add("the history's writer", new SerialScheduler("history"));
        HistoryConfig settings = config.history();
        History history = opened.add(
                "the history",
                new History(metrics, store, clock, settings.settings(), run, SnapshotJson::compact, writer::execute));
        SerialScheduler sampler = opened.add("the sampler", new SerialScheduler("sampler"));
        history.begin(sampler::execute);
        sampler.every(settings.sampleInterval(), history::sample);
        writer.every(settings.persistInterval(), history::writeSoon);
        writer.every(PRUNE, history::pruneSoon);
        return history;
    }

    private MetricsDatabase database(SyncMetrics metrics) {
        String url = config.history().database();
        return url.isEmpty()
                ? MetricsDatabase.open(folder.metrics(), metrics.library(), metrics.device())
                : MetricsDatabase.open(url, metrics.library(), metrics.device());
    }

    private SyncEngine engine(
            Identity identity,
            SyncMetrics metrics,
            LibraryStore library,
            EventBook events,
            JGroupsTransport transport) {
        SerialScheduler eventReader = opened.add("the reader of events", new SerialScheduler("event-reader"));
        SyncEngine engine = new SyncEngine(new EngineParts(
                new LibraryId(identity.libraryId()),
                new DeviceId(identity.deviceId()),
                identity.deviceName(),
                !config.peers().isEmpty(),
                config.engine(),
                clock,
                opened.add("the sync thread", new SerialScheduler("sync")),
                opened.add("the serving thread", new SerialScheduler("serving")),
                UUID::randomUUID,
                () -> ThreadLocalRandom.current().nextDouble(),
                transport,
                library,
                new OwnEventLog(events, eventReader::execute),
                metrics.recorder()));
        metrics.readLevelsFrom(engine::levels);
        metrics.switchBy(engine::betweenTasks);
        engine.start();
        opened.add("sync", () -> engine.stop().join());
        return engine;
    }

    private JGroupsTransport transport(Identity identity, Optional<Secret> secret) {
        return opened.add(
                "the transport",
                new JGroupsTransport(new JGroupsSettings(
                        new LibraryId(identity.libraryId()),
                        new DeviceId(identity.deviceId()),
                        identity.deviceName(),
                        UUID.randomUUID(),
                        secret.map(text -> SharedSecret.of(text.bytes())).orElseGet(SharedSecret::none),
                        config.listen().toSocketAddress(),
                        config.peers().stream().map(HostPort::toSocketAddress).toList(),
                        UUID::randomUUID)));
    }

    private LibraryIndexer indexer(Identity identity, SyncMetrics metrics, LibraryStore library, SyncEngine engine)
            throws IOException {
        LibraryIndexer indexer = new LibraryIndexer(new IndexerParts(
                new DeviceId(identity.deviceId()),
                config.engine(),
                opened.add("the indexing thread", new SerialScheduler("indexing")),
                fileReaders(),
                FileWatcher.system(),
                library,
                engine,
                UUID::randomUUID,
                metrics.recorder(),
                DeviceFolder::isOne));
        indexer.start();
        return opened.add("the indexer", indexer);
    }

    private ExecutorService fileReaders() {
        ExecutorService readers = Executors.newFixedThreadPool(FILE_READERS, task -> new Thread(task, "file-reader"));
        opened.add("the file readers", readers::shutdownNow);
        return readers;
    }

    private SyncMBeans beans(SyncMetrics metrics, History history, EventBook events, EngineControl control) {
        SyncMBeans.Options options = new SyncMBeans.Options(Version.current(), config.deviceBeans());
        SyncMBeans beans =
                opened.add("the beans", SyncMBeans.register(BeanServer.ofProcess(), metrics, history, events, options));
        beans.register(control);
        beans.refreshEvery(SECOND.dividedBy(config.metricsUpdatesPerSecond()));
        return beans;
    }

    private @Nullable RemoteJmx jmx(HttpToken token) throws IOException {
        if (config.jmx().isEmpty()) {
            return null;
        }
        InetSocketAddress address = config.jmx().get().toSocketAddress();
        return opened.add("remote JMX", RemoteJmx.start(BeanServer.ofProcess(), address, token::matches));
    }

    private DeviceServer http(HttpToken token, SyncMBeans beans, NodeStatus status) throws IOException {
        DeviceServer.Settings settings =
                new DeviceServer.Settings(config.http().toSocketAddress(), config.insecureHttp());
        return opened.add("HTTP", DeviceServer.start(settings, token, beans, status, clock));
    }

    private NodeFile announced(
            Identity identity, DeviceServer http, @Nullable RemoteJmx jmx, JGroupsTransport transport)
            throws IOException {
        ProcessHandle process = ProcessHandle.current();
        NodeFile file = new NodeFile(
                process.pid(),
                NodeFile.startOf(process),
                identity.deviceName(),
                identity.libraryName(),
                identity.libraryId().toString(),
                identity.deviceId().toString(),
                "http://" + new HostPort(reachable(config.http()), http.port()),
                transport.address(),
                jmx == null ? null : jmx.address(),
                config.settings());
        file.write(folder.path());
        return file;
    }

    /** The host under which this machine reaches what listens there, which may be every address. */
    private static String reachable(HostPort listening) {
        return listening.toSocketAddress().getAddress().isAnyLocalAddress() ? "127.0.0.1" : listening.host();
    }
}
