package io.librarysync.engine;

import io.librarysync.domain.DeferReason;
import io.librarysync.domain.Fault;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.engine.Scheduler.Cancellable;
import io.librarysync.record.SyncRecorder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The outbox: own changes from their commit until they are dispatched to every partner or deferred to a later pull. It goes
 * at the pace of the fastest partner, so that one that is slow or dead holds nobody up.
 */
final class Broadcaster {

    private final Device device;
    private final Port port;
    private final RetryQueue retries;
    private final Batches batches;
    private final List<OwnChange> waiting = new ArrayList<>();
    private final Deque<Outgoing> built = new ArrayDeque<>();
    private final Map<ModelType, Long> depth = new HashMap<>();
    private final Deque<Runnable> wantRoom = new ArrayDeque<>();
    private int size;
    private Runnable onOverflow = () -> {};
    private boolean overflowed;
    private @Nullable Cancellable timer;

    Broadcaster(Device device, Port port, RetryQueue retries) {
        this.device = device;
        this.port = port;
        this.retries = retries;
        this.batches = new Batches(port::envelope, device.config().count(EngineKey.REALTIME_BATCH_MAX_ENTRIES));
    }

    /** Committed changes not yet dispatched or deferred, by model. */
    Map<ModelType, Long> depth() {
        return depth;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Whether a change of that record has not left yet. */
    boolean holds(UUID record) {
        return waiting.stream().anyMatch(change -> change.uuid().equals(record))
                || built.stream().anyMatch(message -> message.concerns(record));
    }

    /** Runs {@code task} once the outbox is empty again after changes did not fit: peers have to be told of them. */
    void onOverflow(Runnable task) {
        onOverflow = task;
    }

    /** Takes changes that were just committed, in the order of their commit. */
    void offer(List<OwnChange> changes) {
        List<OwnChange> deferred = new ArrayList<>();
        for (OwnChange change : changes) {
            if (device.isPaused() || size >= device.config().get(EngineKey.OUTBOX_CAPACITY)) {
                deferred.add(change);
            } else {
                waiting.add(change);
                count(ModelTally.of(change.model(), 1), 1);
            }
        }
        overflowed |= !deferred.isEmpty() && !device.isPaused();
        defer(device.isPaused() ? DeferReason.PAUSED : DeferReason.OVERFLOW, deferred);
        schedule();
    }

    /** Runs {@code task} as soon as the outbox is at most half full. */
    void whenThereIsRoom(Runnable task) {
        wantRoom.add(task);
        grantRoom();
    }

    /** Dispatches what it can, and defers everything if nobody is there to take it. */
    void flush() {
        cancelTimer();
        built.addAll(batches.cut(waiting));
        waiting.clear();
        List<Peer> partners = device.peers().partners();
        if (device.isPaused() || partners.isEmpty()) {
            deferBuilt(device.isPaused() ? DeferReason.PAUSED : DeferReason.NO_PEER);
        }
        while (!built.isEmpty() && partners.stream().anyMatch(this::hasRoom)) {
            dispatch(built.remove(), partners);
        }
        if (overflowed && isEmpty()) {
            overflowed = false;
            onOverflow.run();
        }
        grantRoom();
    }

    private void schedule() {
        if (waiting.size() >= device.config().get(EngineKey.REALTIME_BATCH_MAX_ENTRIES)) {
            cancelTimer();
            timer = device.loop().after(Duration.ZERO, this::flush);
        } else if (timer == null && !waiting.isEmpty()) {
            timer = device.loop()
                    .after(device.config().duration(EngineKey.REALTIME_BATCH_FLUSH_INTERVAL_MS), this::flush);
        }
    }

    private void cancelTimer() {
        Cancellable pending = timer;
        if (pending != null) {
            pending.cancel();
            timer = null;
        }
    }

    private boolean hasRoom(Peer peer) {
        return peer.unanswered.size() < device.config().get(EngineKey.MAX_OUTSTANDING_BATCHES);
    }

    private void dispatch(Outgoing message, List<Peer> partners) {
        SyncRecorder recorder = device.recorder();
        long atMillis = recorder.millis();
        left(message);
        recorder.batchDispatched(message.changes(), atMillis);
        Flight flight = new Flight(recorder, recorder.nanos(), port.encoded(message.envelope()), partners.size());
        for (Peer peer : partners) {
            send(message, peer, flight, atMillis);
        }
    }

    private void send(Outgoing message, Peer peer, Flight flight, long atMillis) {
        flight.recorder.batchAddressed(peer.id, message.changes(), atMillis);
        peer.addressed(message.changes());
        if (!hasRoom(peer)) {
            failed(message, peer, flight, new Fault("overload", peer.unanswered.size() + " batches unanswered"));
            return;
        }
        peer.unanswered.add(message);
        port.request(
                peer.id,
                flight.encoded,
                device.config().duration(EngineKey.MESSAGE_TIMEOUT_SECS),
                flight.recorder,
                answer -> answered(message, peer, flight, answer));
    }

    private void answered(Outgoing message, Peer peer, Flight flight, Port.Answer answer) {
        peer.unanswered.remove(message);
        if (answer.as(Message.Receipt.class) != null) {
            peer.took(message);
            device.recorder().batchDelivered(peer.id, message.changes());
            flight.landed(device.recorder());
        } else {
            failed(message, peer, flight, answer.failure());
        }
        if (!built.isEmpty()) {
            flush();
        }
    }

    private void failed(Outgoing message, Peer peer, Flight flight, Fault fault) {
        SyncRecorder recorder = device.recorder();
        recorder.broadcastFailed(peer.id, fault);
        flight.landed(recorder);
        retries.add(message, peer, flight.encoded.size(), fault, recorder);
    }

    private void defer(DeferReason reason, List<OwnChange> changes) {
        if (!changes.isEmpty()) {
            device.recorder().changesDeferred(reason, ModelTally.count(changes, OwnChange::model));
            changes.forEach(change -> device.progress().raise(change.scope(), change.mark()));
        }
    }

    private void deferBuilt(DeferReason reason) {
        for (Outgoing message = built.poll(); message != null; message = built.poll()) {
            left(message);
            device.recorder().changesDeferred(reason, message.changes());
        }
    }

    private void left(Outgoing message) {
        count(message.changes(), -1);
        message.heads().forEach(device.progress()::raise);
    }

    private void count(ModelTally changes, int sign) {
        for (ModelTally.Part part : changes.parts()) {
            size += sign * part.changes();
            depth.merge(part.model(), (long) sign * part.changes(), Long::sum);
        }
    }

    private void grantRoom() {
        while (!wantRoom.isEmpty() && size <= device.config().get(EngineKey.OUTBOX_CAPACITY) / 2) {
            wantRoom.remove().run();
        }
    }

    /** One dispatched message until the last addressed peer answered or failed. */
    private static final class Flight {
        private final SyncRecorder recorder;
        private final long startedNanos;
        private final Port.Encoded encoded;
        private int open;

        Flight(SyncRecorder recorder, long startedNanos, Port.Encoded encoded, int open) {
            this.recorder = recorder;
            this.startedNanos = startedNanos;
            this.encoded = encoded;
            this.open = open;
        }

        /** Its time is that of a message counted as sent: not if recording was switched meanwhile. */
        void landed(SyncRecorder now) {
            open--;
            if (open == 0 && now == recorder) {
                recorder.batchSettled(recorder.nanos() - startedNanos);
            }
        }
    }
}
