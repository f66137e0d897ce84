package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Fault;
import io.librarysync.domain.MessageType;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.RefusalReason;
import io.librarysync.domain.SyncState;
import io.librarysync.record.SyncRecorder;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes in from peers, sent to where it is worked on: heartbeats are answered at once from the published view, pages
 * are read beside the loop, everything else is done on it in the order of its arrival.
 */
final class ProtocolHandler implements Transport.Listener {

    /** Why a request is refused. */
    static final String PAUSED = "paused";

    static final String NOT_LOOKED_UP = "not_looked_up";
    static final String BUSY = "busy";

    private static final Logger LOG = LoggerFactory.getLogger(ProtocolHandler.class);

    private final Device device;
    private final Port port;
    private final PeerSync peers;
    private final Inbox inbox;
    private final RetryQueue retries;
    private final PageServer pages;
    private final RecordInquiry inquiry;
    private final EventLogInquiry eventLogs;
    private final AtomicInteger serving;
    private final Map<DeviceId, UUID> pullsSeen = new HashMap<>();
    private volatile View view = new View(Heads.NONE, SyncState.UNINITIALIZED);

    ProtocolHandler(
            Device device,
            Port port,
            PeerSync peers,
            Inbox inbox,
            RetryQueue retries,
            RecordInquiry inquiry,
            EventLogInquiry eventLogs,
            AtomicInteger serving) {
        this.device = device;
        this.port = port;
        this.peers = peers;
        this.inbox = inbox;
        this.retries = retries;
        this.pages = new PageServer(device);
        this.inquiry = inquiry;
        this.eventLogs = eventLogs;
        this.serving = serving;
    }

    /** Sets what heartbeats are answered from. */
    void publish(View current) {
        view = current;
    }

    @Override
    public void peerUp(DeviceId peer, String name) {
        device.loop().execute(() -> peers.up(peer, name));
    }

    @Override
    public void peerDown(DeviceId peer, String reason) {
        device.loop().execute(() -> peers.down(peer, reason));
    }

    @Override
    public void peerRefused(RefusalReason reason, @Nullable DeviceId peer, Fault fault) {
        LOG.warn("refused {}: {}", peer == null ? "a peer" : peer, fault.message());
        device.recorder().peerRefused(reason, peer, fault);
    }

    @Override
    public void received(DeviceId peer, byte[] payload) {
        SyncRecorder recorder = device.recorder();
        recorder.frameReceived(peer, device.codec().peek(payload), payload.length);
        device.loop().execute(() -> takeOneWay(peer, payload, recorder));
    }

    @Override
    public void requested(DeviceId peer, byte[] payload, Consumer<byte[]> reply) {
        SyncRecorder recorder = device.recorder();
        MessageType type = device.codec().peek(payload);
        recorder.frameReceived(peer, type, payload.length);
        Request request = new Request(peer, payload, recorder, reply);
        switch (type) {
            case HEARTBEAT -> beat(request);
            case STATE_REQUEST, SHARED_CHANGE_REQUEST -> {
                device.loop().execute(() -> peers.heard(peer));
                device.parts().serving().execute(() -> guarded(request, () -> servePage(request)));
            }
            case RECORD_REQUEST, EVENT_LOG_REQUEST ->
                device.loop().execute(() -> guarded(request, () -> lookUp(request)));
            default -> device.loop().execute(() -> guarded(request, () -> request.reply(answer(request))));
        }
    }

    /** A request until it is answered. */
    private final class Request {
        private final DeviceId peer;
        private final byte[] payload;
        private final SyncRecorder recorder;
        private final Consumer<byte[]> answer;

        Request(DeviceId peer, byte[] payload, SyncRecorder recorder, Consumer<byte[]> answer) {
            this.peer = peer;
            this.payload = payload;
            this.recorder = recorder;
            this.answer = answer;
        }

        @Nullable
        Envelope decode() {
            return port.decode(peer, payload, recorder);
        }

        void reply(Message message) {
            port.reply(peer, message, recorder, answer);
        }
    }

    private void beat(Request request) {
        View now = view;
        request.reply(new Message.Heartbeat(now.heads(), now.state(), serving.get(), device.nowMillis()));
        device.loop().execute(() -> {
            Envelope envelope = request.decode();
            Peer peer = peers.heard(request.peer);
            if (peer != null && envelope != null && envelope.message() instanceof Message.Heartbeat heartbeat) {
                peers.beaten(peer, heartbeat);
            }
        });
    }

    private void takeOneWay(DeviceId from, byte[] payload, SyncRecorder recorder) {
        Envelope envelope = port.decode(from, payload, recorder);
        Peer peer = peers.heard(from);
        if (peer != null && envelope != null && envelope.message() instanceof Message.AckSharedChanges ack) {
            recorder.ackReceived(from);
            peers.acked(peer, ack.progress());
        }
    }

    /** Why nothing is done for whoever asks; null if something is. */
    private @Nullable Message refusal(@Nullable Peer peer, @Nullable Envelope envelope) {
        if (envelope == null) {
            return new Message.Refusal("malformed", "this cannot be read");
        }
        if (peer == null) {
            return new Message.Refusal("unknown_peer", "this device does not exchange anything with you");
        }
        return peer.refused ? peers.refusal() : null;
    }

    /** Answers what is looked up beside the loop. */
    private void lookUp(Request request) {
        Envelope envelope = request.decode();
        Message refusal = refusal(peers.heard(request.peer), envelope);
        if (refusal != null || envelope == null) {
            request.reply(Objects.requireNonNull(refusal));
        } else if (device.isPaused()) {
            request.reply(paused());
        } else {
            var unused = lookUp(envelope.message())
                    .whenComplete((answer, failure) -> guarded(
                            request, () -> request.reply(failure == null ? answer : notLookedUp(request, failure))));
        }
    }

    private CompletableFuture<Message> lookUp(Message asked) {
        if (asked instanceof Message.RecordRequest record) {
            return inquiry.answer(record).thenApply(Message.RecordResponse::new);
        }
        if (asked instanceof Message.EventLogRequest events) {
            return eventLogs.answer(events.query());
        }
        return CompletableFuture.completedFuture(unexpected(asked));
    }

    private static Message notLookedUp(Request request, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof StoreException store) {
            request.recorder.databaseFailed(request.peer, null, store.fault());
        }
        return cause instanceof IllegalArgumentException
                ? new Message.Refusal("not_understood", "the question makes no sense here")
                : new Message.Refusal(NOT_LOOKED_UP, "it could not be looked up");
    }

    private static Message paused() {
        return new Message.Refusal(PAUSED, "sync is paused on this device");
    }

    private Message answer(Request request) {
        Envelope envelope = request.decode();
        Peer peer = peers.heard(request.peer);
        Message refusal = refusal(peer, envelope);
        if (refusal != null || peer == null || envelope == null) {
            return Objects.requireNonNull(refusal);
        }
        Message message = envelope.message();
        if (Inbox.takes(message)) {
            return inbox.take(peer, envelope, device.recorder());
        }
        if (message instanceof Message.WatermarkExchangeRequest exchange) {
            return peers.exchangedBy(peer, exchange);
        }
        return unexpected(message);
    }

    private static Message unexpected(Message message) {
        return new Message.Refusal("unexpected", message.type().label() + " is no request");
    }

    private void servePage(Request request) {
        Envelope envelope = request.decode();
        if (envelope == null) {
            request.reply(new Message.Refusal("malformed", "this cannot be read"));
        } else if (view.state() == SyncState.PAUSED) {
            request.reply(paused());
        } else if (envelope.message() instanceof Message.StateRequest wanted) {
            servePage(request, wanted, wanted.sessionId(), wanted.model());
        } else if (envelope.message() instanceof Message.SharedChangeRequest wanted) {
            servePage(request, wanted, wanted.sessionId(), null);
        } else {
            request.reply(unexpected(envelope.message()));
        }
    }

    private void servePage(Request request, Message wanted, UUID session, @Nullable ModelType model) {
        request.recorder.pageAsked(request.peer, session, model == null ? null : LibraryModels.counted(model));
        device.loop().execute(() -> pulledBy(request.peer, session));
        readPage(request, wanted, session);
    }

    private void readPage(Request request, Message wanted, UUID session) {
        serving.incrementAndGet();
        try {
            PageServer.Page page = pages.serve(request.peer, wanted, request.recorder);
            request.reply(page.message());
            if (!(page.message() instanceof Message.Refusal)) {
                request.recorder.pageServed(request.peer, session, page.changes());
            }
        } finally {
            serving.decrementAndGet();
        }
    }

    /** Once per session: what is queued for a peer that pulls comes to it by the pull. */
    private void pulledBy(DeviceId id, UUID session) {
        Peer peer = device.peers().find(id);
        if (peer != null && !session.equals(pullsSeen.put(id, session))) {
            retries.supersede(peer);
        }
    }

    private void guarded(Request request, Runnable work) {
        try {
            work.run();
        } catch (StoreException e) {
            request.recorder.databaseFailed(request.peer, null, e.fault());
            request.reply(new Message.Refusal("database", "the library could not be read"));
        } catch (RuntimeException e) {
            LOG.error("a request of {} failed", request.peer, e);
            request.recorder.otherFailed(request.peer, null, new Fault("internal", String.valueOf(e)));
            request.reply(new Message.Refusal("internal", "the request failed"));
        }
    }
}
