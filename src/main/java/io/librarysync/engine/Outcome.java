package io.librarysync.engine;

import io.librarysync.domain.ConflictOutcome;
import io.librarysync.domain.Fault;
import io.librarysync.domain.RejectReason;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of one received change. */
sealed interface Outcome {

    /** Its effect is written; {@code conflict} if it won against another version. */
    record Applied(@Nullable ConflictOutcome conflict) implements Outcome {}

    /**
     * It ended without effect.
     *
     * @param fault where the reason is an error
     * @param conflict if it lost against another version
     * @param lateAncestor whether the stored version builds on it
     */
    record Rejected(
            RejectReason reason, @Nullable Fault fault, @Nullable ConflictOutcome conflict, boolean lateAncestor)
            implements Outcome {}

    /** It can not be settled before the record {@code missing} is there. */
    record Waits(UUID missing) implements Outcome {}

    static Outcome applied() {
        return new Applied(null);
    }

    static Outcome rejected(RejectReason reason) {
        return new Rejected(reason, null, null, false);
    }

    static Outcome rejected(RejectReason reason, Fault fault) {
        return new Rejected(reason, fault, null, false);
    }
}
