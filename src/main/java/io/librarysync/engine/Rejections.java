package io.librarysync.engine;

import io.librarysync.domain.Fault;
import io.librarysync.domain.RecordStanding.Rejection;
import io.librarysync.domain.RejectReason;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** How the last refused change of a record ended, for the records of the last thousand; of this run, and on the loop. */
final class Rejections {

    private static final int KEPT = 1_000;

    /** They say nothing of the record: it is as it should be. */
    private static final Set<RejectReason> UNREMARKABLE = EnumSet.of(RejectReason.DUPLICATE, RejectReason.ECHO);

    private final Map<UUID, Rejection> last = new LinkedHashMap<>();

    void note(Incoming change, Outcome.Rejected outcome, long atMillis) {
        if (UNREMARKABLE.contains(outcome.reason())) {
            return;
        }
        Fault fault = outcome.fault();
        last.remove(change.uuid());
        last.put(
                change.uuid(),
                new Rejection(
                        outcome.reason(),
                        fault == null ? null : fault.message(),
                        change.version(),
                        change.link(),
                        atMillis));
        if (last.size() > KEPT) {
            var oldest = last.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** A change was applied: that an older one of the record was refused says nothing any more. */
    void forget(Incoming applied) {
        if (!last.isEmpty()) {
            last.computeIfPresent(
                    applied.uuid(),
                    (record, refused) -> refused.version().compareTo(applied.version()) <= 0 ? null : refused);
        }
    }

    Optional<Rejection> find(UUID record) {
        return Optional.ofNullable(last.get(record));
    }
}
