package io.librarysync.engine;

import io.librarysync.domain.Fault;
import io.librarysync.engine.Scheduler.Cancellable;
import io.librarysync.record.SyncRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages that a peer did not take, each sent again after 5, 10, 20, 40 and 80 seconds. Dropping one loses nothing: the
 * peer sees our head and pulls.
 */
final class RetryQueue {

    private static final int MAX_ATTEMPTS = 5;
    private static final Duration FIRST_DELAY = Duration.ofSeconds(5);

    private final Device device;
    private final Port port;
    private final Set<Entry> entries = new LinkedHashSet<>();
    private long bytesQueued;

    RetryQueue(Device device, Port port) {
        this.device = device;
        this.port = port;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Queues a message that {@code peer} did not take, or gives it up if there is no room. */
    void add(Outgoing message, Peer peer, int bytes, SyncRecorder recorder) {
        if (entries.size() >= device.config().get(EngineKey.RETRY_MAX_MESSAGES)
                || bytesQueued + bytes > device.config().get(EngineKey.RETRY_MAX_BYTES)) {
            recorder.retryOverflowed(peer.id);
            giveUp(message, peer, recorder);
            return;
        }
        Entry entry = new Entry(message, peer, bytes);
        entries.add(entry);
        bytesQueued += bytes;
        peer.retries++;
        recorder.retryEnqueued(peer.id);
        schedule(entry);
    }

    /** Drops what is queued for a peer that pulls; what is being resent runs its course. */
    void supersede(Peer peer) {
        SyncRecorder recorder = device.recorder();
        List<Entry> dropped = new ArrayList<>(entries);
        dropped.removeIf(entry -> entry.peer != peer || entry.timer == null);
        for (Entry entry : dropped) {
            remove(entry);
            recorder.retrySuperseded(peer.id);
            undelivered(entry.message, peer, recorder);
        }
    }

    private void schedule(Entry entry) {
        Duration delay = FIRST_DELAY.multipliedBy(1L << entry.attempts);
        entry.timer = device.loop().after(device.jittered(delay), () -> resend(entry));
    }

    private void resend(Entry entry) {
        if (device.isPaused()) {
            schedule(entry);
            return;
        }
        entry.timer = null;
        entry.attempts++;
        SyncRecorder recorder = device.recorder();
        recorder.retryAttempted(entry.peer.id, recorder.millis());
        port.request(
                entry.peer.id,
                entry.message.attempt(entry.attempts),
                device.config().duration(EngineKey.MESSAGE_TIMEOUT_SECS),
                recorder,
                answer -> answered(entry, answer));
    }

    private void answered(Entry entry, Port.Answer answer) {
        SyncRecorder recorder = device.recorder();
        if (answer.as(Message.Receipt.class) == null) {
            failed(entry, answer.failure(), recorder);
            return;
        }
        remove(entry);
        recorder.retrySucceeded(entry.peer.id);
        entry.peer.answered(entry.message.changes());
        recorder.batchDelivered(entry.peer.id, entry.message.changes());
    }

    private void failed(Entry entry, Fault fault, SyncRecorder recorder) {
        recorder.retryFailed(entry.peer.id, fault);
        if (entry.attempts < MAX_ATTEMPTS) {
            schedule(entry);
            return;
        }
        remove(entry);
        recorder.retryExhausted(entry.peer.id);
        giveUp(entry.message, entry.peer, recorder);
    }

    private void giveUp(Outgoing message, Peer peer, SyncRecorder recorder) {
        peer.exhausted = true;
        undelivered(message, peer, recorder);
    }

    private static void undelivered(Outgoing message, Peer peer, SyncRecorder recorder) {
        peer.answered(message.changes());
        recorder.batchUndelivered(peer.id, message.changes());
    }

    private void remove(Entry entry) {
        Cancellable timer = entry.timer;
        if (timer != null) {
            timer.cancel();
        }
        entries.remove(entry);
        bytesQueued -= entry.bytes;
        entry.peer.retries--;
    }

    /** One message for one peer; its timer is null while it is being resent. */
    private static final class Entry {
        private final Outgoing message;
        private final Peer peer;
        private final int bytes;
        private int attempts;
        private @Nullable Cancellable timer;

        Entry(Outgoing message, Peer peer, int bytes) {
            this.message = message;
            this.peer = peer;
            this.bytes = bytes;
        }
    }
}
