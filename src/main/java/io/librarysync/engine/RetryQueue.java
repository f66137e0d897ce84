package io.librarysync.engine;

import io.librarysync.domain.Fault;
import io.librarysync.domain.RecordStanding.Stage;
import io.librarysync.domain.RecordStanding.Transit;
import io.librarysync.engine.Scheduler.Cancellable;
import io.librarysync.record.SyncRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
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
    void add(Outgoing message, Peer peer, int bytes, Fault fault, SyncRecorder recorder) {
        if (entries.size() >= device.config().get(EngineKey.RETRY_MAX_MESSAGES)
                || bytesQueued + bytes > device.config().get(EngineKey.RETRY_MAX_BYTES)) {
            recorder.retryOverflowed(peer.id);
            giveUp(message, peer, recorder);
            return;
        }
        Entry entry = new Entry(message, peer, bytes, fault);
        entries.add(entry);
        bytesQueued += bytes;
        peer.retries++;
        recorder.retryEnqueued(peer.id);
        schedule(entry);
    }

    /** The messages with a change of that record that {@code peer} is to get again, as one; empty if there are none. */
    Optional<Transit> transit(Peer peer, UUID record) {
        if (peer.retries == 0) {
            return Optional.empty();
        }
        List<Entry> queued = entries.stream()
                .filter(entry -> entry.peer == peer && entry.message.concerns(record))
                .toList();
        return queued.stream()
                .min(Comparator.comparingLong(entry -> entry.timer == null ? Long.MIN_VALUE : entry.dueNanos - nanos()))
                .map(next -> next.transit(queued.size(), nanos()));
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

    private long nanos() {
        return device.parts().clock().nanos();
    }

    private void schedule(Entry entry) {
        Duration delay = device.jittered(FIRST_DELAY.multipliedBy(1L << entry.attempts));
        entry.dueNanos = nanos() + delay.toNanos();
        entry.timer = device.loop().after(delay, () -> resend(entry));
    }

    private void resend(Entry entry) {
        if (device.isPaused()) {
            schedule(entry);
            return;
        }
        entry.timer = null;
        entry.attempts++;
        SyncRecorder recorder = device.recorder();
        attempted(entry, recorder);
        port.request(
                entry.peer.id,
                entry.message.attempt(entry.attempts),
                device.config().duration(EngineKey.MESSAGE_TIMEOUT_SECS),
                recorder,
                answer -> answered(entry, answer));
    }

    private void attempted(Entry entry, SyncRecorder recorder) {
        entry.attemptedWith = recorder;
        recorder.retryAttempted(entry.peer.id, recorder.millis());
    }

    private void answered(Entry entry, Port.Answer answer) {
        SyncRecorder recorder = device.recorder();
        if (recorder != entry.attemptedWith) {
            attempted(entry, recorder); // recording was switched meanwhile; its outcome is recorded now
        }
        if (answer.as(Message.Receipt.class) == null) {
            failed(entry, answer.failure(), recorder);
            return;
        }
        remove(entry);
        recorder.retrySucceeded(entry.peer.id);
        entry.peer.took(entry.message);
        recorder.batchDelivered(entry.peer.id, entry.message.changes());
    }

    private void failed(Entry entry, Fault fault, SyncRecorder recorder) {
        recorder.retryFailed(entry.peer.id, fault);
        entry.fault = fault;
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
        private long dueNanos;
        private Fault fault;
        private @Nullable Cancellable timer;
        private @Nullable SyncRecorder attemptedWith;

        Entry(Outgoing message, Peer peer, int bytes, Fault fault) {
            this.message = message;
            this.peer = peer;
            this.bytes = bytes;
            this.fault = fault;
        }

        /** In the retry queue, or sent while it is being resent. */
        Transit transit(int messages, long nowNanos) {
            Long next = timer == null ? null : Math.max(0, TimeUnit.NANOSECONDS.toMillis(dueNanos - nowNanos));
            return new Transit(
                    peer.id, next == null ? Stage.SENT : Stage.RETRY, messages, attempts, fault.message(), next);
        }
    }
}
