package io.librarysync.metrics;

import io.librarysync.domain.Hlc;
import io.librarysync.record.SyncLevels;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known at one moment besides the cells.
 *
 * @param uptimeNanos since the service started
 * @param states over the stretch that the cells are counted over
 * @param errors how many there were in that stretch
 * @param recentErrors the last of them, newest first
 * @param stamps the highest stamp applied by link peer; this device's own under its id
 * @param names the name of every device seen, by id
 * @param driftMillis the last drift seen; null before the first
 */
record Moment(
        Member device,
        long millis,
        long uptimeNanos,
        StateStretch states,
        SyncLevels levels,
        long errors,
        List<ErrorEvent> recentErrors,
        Map<String, Hlc> stamps,
        Map<String, String> names,
        @Nullable Long driftMillis) {

    Moment {
        recentErrors = List.copyOf(recentErrors);
        stamps = Map.copyOf(stamps);
        names = Map.copyOf(names);
    }

    /** The same moment, at the end of another stretch. */
    Moment with(StateStretch others) {
        return new Moment(
                device, millis, uptimeNanos, others, levels, errors, recentErrors, stamps, names, driftMillis);
    }
}
