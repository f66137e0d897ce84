package io.librarysync.engine;

import io.librarysync.domain.ModelTally;
import io.librarysync.engine.Progress.Mark;
import java.util.Map;

/**
 * A broadcast message that is built and on its way to peers.
 *
 * @param heads how far this device's own scopes are once it has left
 */
record Outgoing(Envelope envelope, ModelTally changes, Map<Scope, Mark> heads) {

    Envelope attempt(int attempt) {
        return new Envelope(envelope.library(), envelope.from(), envelope.msgId(), attempt, envelope.message());
    }
}
