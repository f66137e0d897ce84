package io.librarysync.engine;

import io.librarysync.domain.ModelTally;
import io.librarysync.engine.Progress.Mark;
import java.util.Map;
import java.util.UUID;

/**
 * A broadcast message that is built and on its way to peers.
 *
 * @param heads how far this device's own scopes are once it has left
 */
record Outgoing(Envelope envelope, ModelTally changes, Map<Scope, Mark> heads) {

    /** Whether a change of that record is in it. */
    boolean concerns(UUID record) {
        if (envelope.message() instanceof Message.StateBatch batch) {
            return batch.records().stream().anyMatch(change -> change.uuid().equals(record));
        }
        return envelope.message() instanceof Message.SharedChangeBatch batch
                && batch.entries().stream().anyMatch(change -> change.uuid().equals(record));
    }

    Envelope attempt(int attempt) {
        return new Envelope(envelope.library(), envelope.from(), envelope.msgId(), attempt, envelope.message());
    }
}
