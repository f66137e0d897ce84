package io.librarysync.metrics;

import static io.librarysync.metrics.Dimension.PEER;

import io.librarysync.domain.SyncState;
import io.librarysync.record.SyncLevels;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of partners, out of levels and cells of one moment. */
final class Partners {
    private Partners() {}

    static List<PartnerSnapshot> of(SyncView view, SyncCells cells) {
        Map<String, Long> received = view.by(cells.operations.received, PEER);
        Map<String, Long> delivered = view.by(cells.operations.changesDelivered, PEER);
        Map<String, Long> lastSync = view.highestBy(cells.dataVolume.lastSync, PEER);
        Map<String, Long> lastAttempt = view.highestBy(cells.dataVolume.lastAttempt, PEER);
        return view.levels().links().stream()
                .map(link -> {
                    String id = link.peer().toString();
                    return new PartnerSnapshot(
                            id,
                            link.name(),
                            statusOf(link),
                            labelOf(link),
                            link.rttMillis(),
                            link.lagMillis(),
                            lastSync.get(id),
                            lastAttempt.get(id),
                            received.getOrDefault(id, 0L),
                            delivered.getOrDefault(id, 0L));
                })
                .sorted(Comparator.comparing(PartnerSnapshot::deviceName).thenComparing(PartnerSnapshot::deviceId))
                .toList();
    }

    private static String statusOf(SyncLevels.Link link) {
        if (!link.online()) {
            return "offline";
        }
        return link.partner() ? "online" : "paused";
    }

    private static @Nullable String labelOf(SyncLevels.Link link) {
        SyncState state = link.peerState();
        return state == null ? null : state.label();
    }
}
