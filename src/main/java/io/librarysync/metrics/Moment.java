package io.librarysync.metrics;

import io.librarysync.domain.Hlc;
import io.librarysync.record.SyncLevels;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known at one moment besides the cells.
 *
 * @param serviceStartedNanos start of the run, on the clock of {@code nanos}
 * @param stamps the highest stamp applied by link peer; this device's own under its id
 * @param names the name of every device seen, by id
 * @param driftMillis the last drift seen; null before the first
 */
record Moment(
        Member device,
        long millis,
        long nanos,
        long serviceStartedNanos,
        Baseline baseline,
        StateTimeline timeline,
        SyncLevels levels,
        Errors.Recent errors,
        Map<String, Hlc> stamps,
        Map<String, String> names,
        @Nullable Long driftMillis) {

    Moment {
        stamps = Map.copyOf(stamps);
        names = Map.copyOf(names);
    }
}
