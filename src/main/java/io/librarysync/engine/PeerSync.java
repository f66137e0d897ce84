package io.librarysync.engine;

import io.librarysync.domain.ClockOffset;
import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Fault;
import io.librarysync.domain.RefusalReason;
import io.librarysync.domain.SyncState;
import io.librarysync.record.SyncRecorder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is there: members coming and going, heartbeats, and what each tells of how far it is. Lives on the loop. */
final class PeerSync {

    private static final Logger LOG = LoggerFactory.getLogger(PeerSync.class);
    private static final int MISSED_UNTIL_OFFLINE = 3;
    private static final double NANOS_PER_MILLI = 1e6;
    /** Besides this device; a peer that names more is not believed. */
    private static final int MOST_MEMBERS = 1_023;
    /** Why nothing is exchanged with a device whose library, or ours, comes from an older copy. */
    static final String REWOUND = "history_rewound";

    private final Device device;
    private final Port port;
    private final PeerProgress progress;
    private final Pruner pruner;
    private final IntSupplier serving;
    private Runnable onNews = () -> {};

    PeerSync(Device device, Port port, PeerProgress progress, Pruner pruner, IntSupplier serving) {
        this.device = device;
        this.port = port;
        this.progress = progress;
        this.pruner = pruner;
        this.serving = serving;
    }

    /** Runs {@code task} whenever a peer told something that may be worth a pull. */
    void onNews(Runnable task) {
        onNews = task;
    }

    void start() {
        SyncRecorder recorder = device.recorder();
        device.peers().all().forEach(peer -> tell(recorder, peer));
        device.loop().every(device.config().duration(EngineKey.HEARTBEAT_INTERVAL_SECS), this::beat);
    }

    private static void tell(SyncRecorder recorder, Peer peer) {
        recorder.peerKnown(peer.id, peer.name);
        if (peer.lastSeenMillis > 0) {
            recorder.peerSeenBefore(peer.id, peer.lastSeenMillis);
        }
    }

    void up(DeviceId id, String name) {
        Peer peer = known(id, name);
        peer.linked = true;
        if (peer.online) {
            return;
        }
        becameOnline(peer);
    }

    void down(DeviceId id, String reason) {
        Peer peer = device.peers().find(id);
        if (peer == null) {
            return;
        }
        peer.linked = false;
        if (peer.online) {
            becameOffline(peer, reason);
        }
    }

    /** A frame came from {@code id}; null for a device that was never up. */
    @Nullable
    Peer heard(DeviceId id) {
        Peer peer = device.peers().find(id);
        if (peer == null) {
            return null;
        }
        peer.lastSeenMillis = device.nowMillis();
        if (!peer.online && !peer.refused) {
            becameOnline(peer);
        }
        return peer;
    }

    /** Asks a peer where it stands and tells it where we do; {@code then} gets the failure, if it is one. */
    void exchange(Peer peer, Consumer<@Nullable Fault> then) {
        SyncRecorder recorder = device.recorder();
        Message.Standing standing;
        try {
            standing = standing();
        } catch (StoreException e) {
            recorder.databaseFailed(peer.id, null, e.fault());
            then.accept(e.fault());
            return;
        }
        port.request(
                peer.id,
                port.envelope(new Message.WatermarkExchangeRequest(standing)),
                device.config().duration(EngineKey.MESSAGE_TIMEOUT_SECS),
                recorder,
                answer -> exchanged(peer, answer, recorder, then));
    }

    private void exchanged(Peer peer, Port.Answer answer, SyncRecorder recorder, Consumer<@Nullable Fault> then) {
        var response = answer.as(Message.WatermarkExchangeResponse.class);
        if (response == null) {
            recorder.requestFailed(peer.id, answer.failure());
            then.accept(answer.failure());
        } else {
            adopt(peer, response.standing());
            then.accept(null);
        }
        onNews.run();
    }

    /** Answers an exchange. */
    Message exchangedBy(Peer peer, Message.WatermarkExchangeRequest request) {
        adopt(peer, request.standing());
        device.loop().execute(onNews);
        return peer.refused ? refusal() : new Message.WatermarkExchangeResponse(standing());
    }

    /** A heartbeat of {@code peer}, asked or answered. */
    void beaten(Peer peer, Message.Heartbeat heartbeat) {
        adopt(peer, heartbeat.heads(), heartbeat.state(), heartbeat.serving());
        onNews.run();
    }

    /**
     * Asks every online member for a sign of life, and those that fell silent, which nobody else would hear of again. Whoever
     * could not be saved before is saved first.
     */
    void beat() {
        device.peers().all().stream().filter(peer -> peer.unsaved).forEach(this::save);
        device.peers().all().stream()
                .filter(peer -> (peer.online || peer.linked) && !peer.heartbeatPending)
                .forEach(this::beat);
    }

    private void beat(Peer peer) {
        SyncRecorder recorder = device.recorder();
        long started = device.parts().clock().nanos();
        long asked = device.nowMillis();
        peer.heartbeatPending = true;
        Message heartbeat = new Message.Heartbeat(
                device.progress().heads(), device.machine().state(), serving.getAsInt(), device.nowMillis());
        port.request(
                peer.id,
                port.envelope(heartbeat),
                device.config().duration(EngineKey.HEARTBEAT_INTERVAL_SECS),
                recorder,
                answer -> {
                    peer.heartbeatPending = false;
                    var response = answer.as(Message.Heartbeat.class);
                    if (response == null) {
                        missed(peer, recorder);
                    } else {
                        double waited = (answer.nanos() - started) / NANOS_PER_MILLI;
                        peer.clock = peer.clock.and(ClockOffset.read(response.clock(), asked, waited));
                        answered(peer, response, answer.nanos() - started, recorder);
                    }
                });
    }

    private void answered(Peer peer, Message.Heartbeat heartbeat, long nanos, SyncRecorder recorder) {
        peer.heartbeatsMissed = 0;
        peer.measured(nanos / NANOS_PER_MILLI);
        recorder.heartbeatAnswered(peer.id, nanos);
        heard(peer.id);
        beaten(peer, heartbeat);
    }

    private void missed(Peer peer, SyncRecorder recorder) {
        recorder.heartbeatMissed(peer.id);
        peer.heartbeatsMissed++;
        if (peer.online && peer.heartbeatsMissed >= MISSED_UNTIL_OFFLINE) {
            becameOffline(peer, "no answer to " + MISSED_UNTIL_OFFLINE + " heartbeats");
        }
    }

    private void becameOnline(Peer peer) {
        LOG.info("{} is online", peer.name);
        device.recorder().peerConnected(peer.id);
        peer.online = true;
        peer.upSinceMillis = device.nowMillis();
        peer.lastSeenMillis = peer.upSinceMillis;
        peer.heartbeatsMissed = 0;
        peer.backingOff = false;
        peer.state = null;
        peer.heads = null; // what it told before it went may be old by now
        save(peer);
        beat(peer);
        if (!device.isPaused()) {
            exchange(peer, fault -> {});
        }
    }

    private void becameOffline(Peer peer, String reason) {
        LOG.info("{} is offline: {}", peer.name, reason);
        device.recorder().peerDisconnected(peer.id, reason);
        peer.online = false;
        peer.state = null;
        device.loop().execute(onNews);
    }

    private Peer known(DeviceId id, String name) {
        Peer peer = device.peers().find(id);
        if (peer == null) {
            peer = new Peer(id, name);
            peer.firstSeenMillis = device.nowMillis();
            device.peers().add(peer);
            device.recorder().peerKnown(id, name);
        } else if (!peer.name.equals(name)) {
            peer.name = name;
            device.recorder().peerKnown(id, name);
        }
        return peer;
    }

    /** An acknowledgement of {@code peer}: how far it is with each author. */
    void acked(Peer peer, Map<DeviceId, Long> progressOfAuthors) {
        if (progressOfAuthors.getOrDefault(device.self(), 0L) > device.clock().lastSeq()) {
            refuse(peer);
            return;
        }
        Map<Scope, Long> reached = new HashMap<>();
        progressOfAuthors.forEach((author, seq) -> reached.put(Scope.shared(author), seq));
        note(peer, reached);
    }

    private void adopt(Peer peer, Message.Standing standing) {
        peer.floors = standing.floors();
        meet(peer, standing.members());
        adopt(peer, standing.heads(), standing.state(), standing.serving());
    }

    private void meet(Peer teller, List<Message.Member> members) {
        List<Message.Member> strangers = members.stream()
                .filter(member -> !isMember(member.uuid()))
                .distinct()
                .toList();
        if (!strangers.isEmpty() && device.peers().all().size() + strangers.size() > MOST_MEMBERS) {
            Fault fault = new Fault(
                    "malformed", strangers.size() + " more members; a library has at most " + (MOST_MEMBERS + 1));
            device.recorder().frameRejected(teller.id, fault);
            return;
        }
        strangers.forEach(member -> save(known(member.uuid(), member.name())));
    }

    private boolean isMember(DeviceId id) {
        return id.equals(device.self()) || device.peers().find(id) != null;
    }

    private void adopt(Peer peer, Heads heads, SyncState state, int pullsServed) {
        if (claimsTooMuch(heads)) {
            refuse(peer);
            return;
        }
        peer.heads = heads;
        peer.state = state;
        peer.serving = pullsServed;
        if (peer.exhausted && hasAllOfOurs(heads)) {
            peer.exhausted = false;
        }
        note(peer, heads.scopes().stream().collect(Collectors.toMap(Function.identity(), heads::value)));
    }

    /** Keeps what it has of each member but itself; of a device that is none nothing will ever be asked. */
    private void note(Peer peer, Map<Scope, Long> reached) {
        boolean news = false;
        for (Map.Entry<Scope, Long> each : reached.entrySet()) {
            DeviceId origin = each.getKey().origin();
            if (isMember(origin) && !origin.equals(peer.id)) {
                news |= progress.raise(peer.id, each.getKey(), each.getValue());
            }
        }
        if (news) {
            pruner.progressed();
        }
    }

    private boolean hasAllOfOurs(Heads heads) {
        Heads ours = device.progress().heads();
        return ours.scopes().stream()
                .filter(scope -> scope.origin().equals(device.self()))
                .allMatch(scope -> heads.value(scope) >= ours.value(scope));
    }

    /** A peer that has more of us than we wrote knows a later life of this library than this copy of it. */
    private boolean claimsTooMuch(Heads heads) {
        return heads.scopes().stream()
                .filter(scope -> scope.origin().equals(device.self()))
                .anyMatch(scope -> heads.value(scope)
                        > (scope.isShared()
                                ? device.clock().lastSeq()
                                : device.clock().lastRev()));
    }

    private void refuse(Peer peer) {
        if (!peer.refused) {
            peer.refused = true;
            Fault fault = new Fault(
                    REWOUND,
                    peer.name
                            + " holds changes of this device that its own library lacks, which comes from an older copy;"
                            + " start it with a new --data folder to join as a new device");
            LOG.error("{}", fault.message());
            device.recorder().peerRefused(RefusalReason.HISTORY_REWOUND, peer.id, fault);
        }
    }

    /** What a refused peer is told. */
    Message refusal() {
        return new Message.Refusal(
                REWOUND,
                device.parts().name() + " exchanges nothing, its library comes from an older copy;"
                        + " start it with a new --data folder to join as a new device");
    }

    private Message.Standing standing() {
        List<Message.FloorAt> floors = device.store()
                .read(library ->
                        library.floors().stream().map(PeerSync::floorAt).toList());
        List<Message.Member> members = device.peers().all().stream()
                .map(peer -> new Message.Member(peer.id, peer.name))
                .toList();
        return new Message.Standing(
                device.progress().heads(), floors, device.machine().state(), serving.getAsInt(), members);
    }

    private static Message.FloorAt floorAt(Stored.Floor floor) {
        var model = floor.scope().model();
        return new Message.FloorAt(floor.scope().origin(), model == null ? null : model.name(), floor.value());
    }

    private void save(Peer peer) {
        try {
            device.store().inTransaction(library -> {
                library.putDevice(peer.stored());
                return true;
            });
            peer.unsaved = false;
        } catch (StoreException e) {
            peer.unsaved = true;
            device.recorder().databaseFailed(peer.id, null, e.fault());
        }
    }
}
