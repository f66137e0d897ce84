package io.librarysync.engine;

import io.librarysync.domain.EventLogAnswer;
import io.librarysync.domain.EventLogQuery;
import io.librarysync.domain.RecordWhereabouts;
import io.librarysync.domain.SyncState;
import io.librarysync.record.SyncLevels;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sync of one device with the other members of its library. Everything it knows lives on one scheduler; its methods may
 * be called from any thread and do not block, but for {@link #start()} and {@link #search}.
 */
public final class SyncEngine implements LocalWriter {

    private static final Logger LOG = LoggerFactory.getLogger(SyncEngine.class);

    /** How long a device with configured peers waits for one of them before it takes itself for the first member. */
    private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(5);

    private final Device device;
    private final Broadcaster broadcaster;
    private final PeerSync peers;
    private final BackfillManager backfill;
    private final Pruner pruner;
    private final HeldExpiry expiry;
    private final LocalWrites writes;
    private final Tags tags;
    private final ProtocolHandler handler;
    private final Levels levels;
    private final RecordInquiry inquiry;
    private final boolean backfillInterrupted;
    private final EventLogInquiry eventLogs;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    public SyncEngine(EngineParts parts) {
        device = Device.open(parts);
        Port port = new Port(device);
        Applying applying = new Applying(device);
        Acks acks = new Acks(device, port);
        RetryQueue retries = new RetryQueue(device, port);
        PeerProgress progress = new PeerProgress(parts.store().read(LibraryReader::peerProgress));
        backfillInterrupted = !parts.store().read(LibraryReader::checkpoints).isEmpty();
        AtomicInteger serving = new AtomicInteger();
        broadcaster = new Broadcaster(device, port, retries);
        pruner = new Pruner(device, progress);
        peers = new PeerSync(device, port, progress, pruner, serving::get);
        backfill = new BackfillManager(device, port, applying, acks, peers);
        expiry = new HeldExpiry(device, applying);
        writes = new LocalWrites(device, broadcaster);
        tags = new Tags(device, writes);
        Inbox inbox = new Inbox(device, applying, acks);
        PeerRound round = new PeerRound(device, port);
        eventLogs = new EventLogInquiry(device, round);
        inquiry = new RecordInquiry(device, round, new Transits(device, broadcaster, retries, progress), progress);
        handler = new ProtocolHandler(device, port, peers, inbox, retries, inquiry, eventLogs, serving);
        levels = new Levels(device, broadcaster, retries, backfill);
        peers.onNews(backfill::consider);
        broadcaster.onOverflow(peers::beat);
        applying.onGap(() -> device.loop().execute(backfill::consider));
        device.loop().afterEach(this::publish);
        levels.publish();
    }

    /** Begins: joins the other members and syncs with them from now on. Fails if the transport cannot start. */
    public void start() {
        saveSelf();
        restored();
        device.parts().transport().start(handler);
        device.loop().execute(this::begin);
    }

    /** Stops all work but heartbeats until {@link #resume()}; own changes are kept and pulled by the peers later. */
    public CompletableFuture<Void> pause() {
        return onLoop(() -> {
            if (!device.isPaused()) {
                pause("paused");
            }
        });
    }

    /** Goes on after {@link #pause()}; does nothing otherwise. */
    public CompletableFuture<Void> resume() {
        return onLoop(() -> {
            if (device.isPaused()) {
                backfill.resume();
                peers.beat();
            }
        });
    }

    /** Ends: leaves the other members. The store stays open. */
    public CompletableFuture<Void> stop() {
        if (stopping.compareAndSet(false, true)) {
            device.loop().execute(this::stopOnLoop);
        }
        return stopped;
    }

    /** Runs {@code work} between two tasks of the engine, or at once if it has stopped, and waits for its end. */
    public void betweenTasks(Runnable work) {
        device.loop().between(work);
    }

    /** The levels at this moment, without waiting. */
    public SyncLevels levels() {
        return levels.now();
    }

    @Override
    public CompletableFuture<Void> commit(List<LocalChange> changes) {
        return writes.commit(changes);
    }

    /**
     * Puts the tag {@code name}, which is created unless there is one, on the entries at {@code paths}.
     *
     * @return the tag; exceptionally an {@link IllegalArgumentException} that names the path that is in no location
     */
    public CompletableFuture<UUID> addTag(String name, List<String> paths) {
        return tags.add(name, List.copyOf(paths));
    }

    /** Takes the tag off the entry at {@code path}. */
    public CompletableFuture<Void> untag(String name, String path) {
        return tags.untag(name, path);
    }

    /** Deletes the tag, from every entry too. */
    public CompletableFuture<Void> deleteTag(String name) {
        return tags.delete(name);
    }

    /** Entries of any member whose name contains {@code text}, ignoring case, by path; at most {@code limit}. */
    public List<Stored.Found> search(String text, int limit) {
        return device.store().read(library -> library.search(text, limit));
    }

    /**
     * Where the record stands that is named by its uuid, an absolute path or {@code tag:NAME}: here, and on every peer that
     * can be asked, within some seconds.
     *
     * @throws IllegalArgumentException if it is none of these; the future fails with it if it could mean several
     */
    public CompletableFuture<RecordWhereabouts> whereabouts(String of) {
        return inquiry.ask(of);
    }

    /** What each peer that can be asked has in its event log, and why the others were not; within some seconds. */
    public CompletableFuture<List<EventLogAnswer>> eventsOfPeers(EventLogQuery query) {
        return eventLogs.ask(query);
    }

    private void begin() {
        EngineConfig config = device.config();
        peers.start();
        device.loop().every(config.duration(EngineKey.SAFETY_POLL_SECS), this::poll);
        device.loop().every(config.duration(EngineKey.PRUNING_INTERVAL_SECS), pruner::prune);
        if (!backfillInterrupted && !device.parts().expectsPeers()) {
            backfill.ready("first member");
        } else if (!backfillInterrupted && !device.progress().isEmptyBut(device.self())) {
            backfill.ready("restored");
        } else if (!backfillInterrupted) {
            var unused = device.loop().after(JOIN_TIMEOUT, backfill::joinedAlone);
        }
    }

    private void stopOnLoop() {
        try {
            if (!device.isPaused()) {
                pause("stopping");
            }
            saveDevices();
        } finally {
            leave();
        }
    }

    private void leave() {
        device.loop().close();
        try {
            device.parts().transport().close();
        } finally {
            stopped.complete(null);
        }
    }

    private void poll() {
        expiry.check();
        backfill.consider();
    }

    private void pause(String reason) {
        device.machine().transition(SyncState.PAUSED, reason);
        backfill.abort(reason);
        broadcaster.flush();
        peers.beat();
    }

    /** Tells what the library held when it was opened. */
    private void restored() {
        device.recorder()
                .watermarksRestored(
                        device.progress().newestOwnerMillis(device.self()),
                        device.progress().highestStamp());
    }

    private void saveSelf() {
        EngineParts parts = device.parts();
        long now = device.nowMillis();
        device.store().inTransaction(library -> {
            long firstSeen = library.devices().stream()
                    .filter(Stored.Device::self)
                    .mapToLong(Stored.Device::firstSeenAt)
                    .findFirst()
                    .orElse(now);
            library.putDevice(new Stored.Device(parts.device(), parts.name(), true, true, firstSeen, now));
            return true;
        });
    }

    private void saveDevices() {
        try {
            device.store().inTransaction(library -> {
                device.peers().all().forEach(peer -> library.putDevice(peer.stored()));
                return true;
            });
        } catch (StoreException e) {
            LOG.warn("when peers were last seen could not be saved: {}", e.getMessage());
            device.recorder().databaseFailed(null, null, e.fault());
        }
    }

    private void publish() {
        handler.publish(new View(device.progress().heads(), device.machine().state()));
        levels.publish();
    }

    private CompletableFuture<Void> onLoop(Runnable work) {
        return device.loop().call(() -> {
            work.run();
            return CompletableFuture.completedFuture(null);
        });
    }
}
