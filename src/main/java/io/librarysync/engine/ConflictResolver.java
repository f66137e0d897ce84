package io.librarysync.engine;

import io.librarysync.domain.Hlc;
import org.jspecify.annotations.Nullable;

/** Decides between a stored version of a shared record and one that comes in. */
final class ConflictResolver {

    private ConflictResolver() {}

    /** What becomes of the incoming version. */
    enum Verdict {
        /** It is the stored version, or has the same content and an older stamp. */
        SAME,
        /** The stored version builds on it, or on one after it. */
        LATE_ANCESTOR,
        /** It builds on the stored version, or has the same content and a newer stamp. */
        FOLLOWS,
        /** Neither writer had seen the other; the incoming stamp is larger. */
        CONFLICT_INCOMING_WINS,
        /** Neither writer had seen the other; the stored stamp is larger. */
        CONFLICT_STORED_WINS
    }

    /** The last writer wins, by the whole stamp. */
    static Verdict judge(Version stored, Version incoming) {
        int order = incoming.hlc().compareTo(stored.hlc());
        if (order == 0 || (order < 0 && stored.sameContentAs(incoming))) {
            return Verdict.SAME;
        }
        if (concurrent(stored, incoming)) {
            return order > 0 ? Verdict.CONFLICT_INCOMING_WINS : Verdict.CONFLICT_STORED_WINS;
        }
        return order > 0 ? Verdict.FOLLOWS : Verdict.LATE_ANCESTOR;
    }

    /** Whether neither writer had seen the other and they disagree. */
    static boolean concurrent(Version stored, Version incoming) {
        return isBelow(incoming.base(), stored.hlc())
                && isBelow(stored.base(), incoming.hlc())
                && !stored.sameContentAs(incoming);
    }

    private static boolean isBelow(@Nullable Hlc base, Hlc stamp) {
        return base == null || base.compareTo(stamp) < 0;
    }

    /** A version and its content; no content is a deletion. */
    record Version(Hlc hlc, @Nullable Hlc base, @Nullable RecordData data) {

        boolean sameContentAs(Version other) {
            return data == null ? other.data == null : data.equals(other.data);
        }
    }
}
