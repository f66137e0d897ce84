package io.librarysync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.domain.SyncState;
import io.librarysync.record.SyncRecorder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyncStateMachineTest {

    private final Told told = new Told();
    private final SyncStateMachine machine = new SyncStateMachine(told);

    @Test
    void aLegalEdgeIsTakenAndTold() {
        assertThat(machine.transition(SyncState.BACKFILLING, "peer connected")).isTrue();
        assertThat(machine.state()).isEqualTo(SyncState.BACKFILLING);
        assertThat(told.events).containsExactly("Uninitialized->Backfilling peer connected");
    }

    @Test
    void anEdgeThatIsNotLegalChangesNothingAndIsTold() {
        assertThat(machine.transition(SyncState.CATCHING_UP, "gap")).isFalse();
        assertThat(machine.state()).isEqualTo(SyncState.UNINITIALIZED);
        assertThat(told.events).containsExactly("refused Uninitialized->CatchingUp gap");
    }

    @Test
    void exactlyFourteenEdgesAreLegal() {
        long legal = 0;
        for (SyncState from : SyncState.values()) {
            for (SyncState to : SyncState.values()) {
                legal += from.mayBecome(to) ? 1 : 0;
            }
        }
        assertThat(legal).isEqualTo(14);
    }

    private static final class Told implements SyncRecorder {
        private final List<String> events = new ArrayList<>();

        @Override
        public void stateChanged(SyncState from, SyncState to, String reason) {
            events.add(from + "->" + to + " " + reason);
        }

        @Override
        public void illegalTransition(SyncState from, SyncState to, String reason) {
            events.add("refused " + from + "->" + to + " " + reason);
        }
    }
}
