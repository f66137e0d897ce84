package io.librarysync.engine;

import io.librarysync.domain.Fault;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.RejectReason;
import io.librarysync.domain.Route;
import io.librarysync.record.SyncRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes the broadcast messages of peers, each in one transaction, and answers with a receipt once that is durable. */
final class Inbox {

    private final Device device;
    private final Applying applying;
    private final Acks acks;

    Inbox(Device device, Applying applying, Acks acks) {
        this.device = device;
        this.applying = applying;
        this.acks = acks;
    }

    /** Settles every change of a batch and returns the answer. */
    Message take(Peer peer, Envelope envelope, SyncRecorder recorder) {
        if (device.isPaused()) {
            return new Message.Refusal("paused", "sync is paused on this device");
        }
        List<Incoming> changes = changesOf(peer, envelope.message());
        ModelTally tally = ModelTally.count(changes, change -> LibraryModels.counted(change.model()));
        recorder.changesReceived(peer.id, envelope.attempt() == 0 ? Route.LIVE : Route.RETRY, tally);
        if (peer.hasSettled(envelope.msgId())) {
            redelivered(peer, changes, tally, recorder);
            return new Message.Receipt(envelope.msgId(), changes.size());
        }
        Fault failure = applying.take(peer.id, tally, recorder, run -> takeAll(run, changes))
                .fault();
        if (failure != null) {
            return new Message.Refusal(failure.cause(), failure.message());
        }
        peer.settled(envelope.msgId());
        acks.taken(peer, changes);
        return new Message.Receipt(envelope.msgId(), changes.size());
    }

    private void takeAll(ApplyRun run, List<Incoming> changes) {
        boolean buffering = device.machine().state().shouldBuffer();
        run.prefetch(changes);
        for (Incoming change : changes) {
            if (change.origin().equals(change.link())) {
                run.takeInOrder(change, buffering);
            } else {
                run.reject(
                        change,
                        RejectReason.NOT_OWNER,
                        new Fault("not_owner", change.model() + " was made by " + change.origin()));
            }
        }
        if (!buffering) {
            scopesOf(changes).forEach(run::drain);
        }
    }

    private static void redelivered(Peer peer, List<Incoming> changes, ModelTally tally, SyncRecorder recorder) {
        recorder.changesRedelivered(peer.id, tally);
        for (Incoming change : changes) {
            ModelType model = LibraryModels.counted(change.model());
            recorder.changeRejected(peer.id, model, RejectReason.DUPLICATE, null);
        }
    }

    private static Set<Scope> scopesOf(List<Incoming> changes) {
        return changes.stream().map(Incoming::scope).collect(Collectors.toSet());
    }

    private static List<Incoming> changesOf(Peer peer, Message message) {
        List<Incoming> changes = new ArrayList<>();
        if (message instanceof Message.SharedChangeBatch batch) {
            batch.entries().forEach(entry -> changes.add(new Incoming.Shared(peer.id, entry)));
        } else if (message instanceof Message.StateBatch batch) {
            long after = batch.afterRev();
            for (StateChange change : batch.records()) {
                changes.add(new Incoming.Owned(peer.id, batch.owner(), batch.model(), after, change));
                after = change.rev();
            }
        }
        return changes;
    }

    /** The type of message that this takes. */
    static boolean takes(@Nullable Message message) {
        return message instanceof Message.StateBatch || message instanceof Message.SharedChangeBatch;
    }
}
