package io.librarysync.engine;

import io.librarysync.domain.SyncState;
import io.librarysync.record.SyncRecorder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state of a device's sync; {@link #transition} is the only way to change it. */
final class SyncStateMachine {

    private static final Logger LOG = LoggerFactory.getLogger(SyncStateMachine.class);

    private final SyncRecorder recorder;
    private volatile SyncState state = SyncState.UNINITIALIZED;

    SyncStateMachine(SyncRecorder recorder) {
        this.recorder = recorder;
    }

    SyncState state() {
        return state;
    }

    boolean is(SyncState other) {
        return state == other;
    }

    /** Goes to {@code to} and says so; an edge that is not legal is refused, reported, and changes nothing. */
    boolean transition(SyncState to, String reason) {
        SyncState from = state;
        if (!from.mayBecome(to)) {
            LOG.warn("refused to go from {} to {} ({})", from, to, reason);
            recorder.current().illegalTransition(from, to, reason);
            return false;
        }
        state = to;
        LOG.info("{} -> {} ({})", from, to, reason);
        recorder.current().stateChanged(from, to, reason);
        return true;
    }
}
