package io.librarysync.engine;

import io.librarysync.domain.SyncState;
import io.librarysync.record.SyncRecorder;

/**
 * A transition that the state machine refuses. No work of an engine leads to one: whoever asks for a transition looks at the
 * state first, on the same thread. So it is asked of a state machine that reports to where that of the device does.
 */
public final class RefusedTransition {

    private RefusedTransition() {}

    public static void in(SyncRecorder recorder) {
        if (new SyncStateMachine(recorder).transition(SyncState.CATCHING_UP, "a test")) {
            throw new AssertionError("Uninitialized -> CatchingUp is no legal edge");
        }
    }
}
