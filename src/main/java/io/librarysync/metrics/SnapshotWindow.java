package io.librarysync.metrics;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The time that a snapshot speaks of.
 *
 * @param from when its counting begins: the moment of the sample it is the difference to, else the begin of the epoch
 * @param missing what was asked for and is not known; empty when all is
 */
public record SnapshotWindow(Instant from, Instant to, Span span, List<Missing> missing) {

    /** What kind of stretch it is. */
    public enum Span {
        /** Since the epoch that lasts began. */
        EPOCH,
        /** Some time up to now. */
        LAST,
        /** Over: what came after it is not in it. */
        PAST;

        /** Its name in JSON. */
        public String json() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Nothing so old is known. */
    public static final String EARLIEST_KNOWN = "earliest known";

    /** A run ended without saying so; what it did after its last sample is not known. */
    public static final String CRASH = "crash";

    /** Metrics were off before that. */
    public static final String DISABLED = "disabled";

    /**
     * A part that is not known.
     *
     * @param reason {@code earliest known}, {@code crash} or {@code disabled}
     * @param atEpochMillis when: the begin asked for, the last sample before the crash, the switching on
     */
    public record Missing(String reason, long atEpochMillis) {}

    public SnapshotWindow {
        missing = List.copyOf(missing);
    }

    /** Whether all that was asked for is known. */
    public boolean complete() {
        return missing.isEmpty();
    }
}
