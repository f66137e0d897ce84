package io.librarysync.testing;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.SyncState;
import io.librarysync.record.SyncLevels;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The link to a partner that is Ready, with nothing under way between the two. */
public final class IdleLink {

    private IdleLink() {}

    /**
     * The link to one partner.
     *
     * @param rttMillis the smoothed round trip; null if never measured
     * @param lagMillis how far this device is behind it; null while it has not said what it has
     */
    public static SyncLevels.Link to(DeviceId peer, String name, @Nullable Double rttMillis, @Nullable Long lagMillis) {
        return new SyncLevels.Link(
                peer,
                name,
                true,
                true,
                SyncState.READY,
                false,
                0,
                0,
                Map.of(),
                Map.of(),
                Map.of(),
                rttMillis,
                lagMillis);
    }
}
