package io.librarysync.domain;

import java.util.Map;
import java.util.Set;

/** The five states of a device's sync. Peer, progress and queue sizes are gauges, not part of the state. */
public enum SyncState {
    UNINITIALIZED("Uninitialized"),
    BACKFILLING("Backfilling"),
    CATCHING_UP("CatchingUp"),
    READY("Ready"),
    PAUSED("Paused");

    private static final Map<SyncState, Set<SyncState>> LEGAL = Map.of(
            UNINITIALIZED, Set.of(BACKFILLING, READY, PAUSED),
            BACKFILLING, Set.of(CATCHING_UP, UNINITIALIZED, PAUSED),
            CATCHING_UP, Set.of(READY, PAUSED),
            READY, Set.of(CATCHING_UP, UNINITIALIZED, PAUSED),
            PAUSED, Set.of(READY, CATCHING_UP, UNINITIALIZED));

    private final String label;

    SyncState(String label) {
        this.label = label;
    }

    /** The name as screens, JSON and beans show it, such as {@code CatchingUp}. */
    public String label() {
        return label;
    }

    public static SyncState ofLabel(String label) {
        for (SyncState state : values()) {
            if (state.label.equals(label)) {
                return state;
            }
        }
        throw new IllegalArgumentException("no sync state is called " + label);
    }

    /** Whether {@code next} may follow this state directly: one of the 14 legal edges. */
    public boolean mayBecome(SyncState next) {
        return LEGAL.getOrDefault(this, Set.of()).contains(next);
    }

    /** Whether live changes of peers are held back in this state until the pull has reached them. */
    public boolean shouldBuffer() {
        return this == BACKFILLING || this == CATCHING_UP;
    }

    @Override
    public String toString() {
        return label;
    }
}
