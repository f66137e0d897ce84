package io.librarysync.metrics;

import io.librarysync.domain.ModelType;
import io.librarysync.instrument.Reading;
import io.librarysync.instrument.View;
import io.librarysync.record.SyncLevels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that one snapshot is computed from: what was counted over a stretch of time, and everything else as of its end. */
final class SyncView extends View {
    private final Moment moment;
    private final Supplier<OpenWork> opening;

    /** @param opening finds out what was open when the stretch of time began */
    SyncView(Reading counted, SnapshotFilter filter, Moment moment, Supplier<OpenWork> opening) {
        super(counted, labels(filter));
        this.moment = moment;
        this.opening = opening;
    }

    Moment moment() {
        return moment;
    }

    OpenWork opening() {
        return opening.get();
    }

    SyncLevels levels() {
        return moment.levels();
    }

    /** The links that pass the filter. */
    List<SyncLevels.Link> links() {
        return levels().links().stream()
                .filter(link -> admits(Dimension.PEER, link.peer().toString()))
                .toList();
    }

    /** The sum of a level over the models that pass the filter. */
    long sumOf(Map<ModelType, Long> level) {
        long sum = 0;
        for (Map.Entry<ModelType, Long> part : level.entrySet()) {
            if (admits(Dimension.MODEL, part.getKey().name())) {
                sum += part.getValue();
            }
        }
        return sum;
    }

    /** The peer that the filter asks for; null for every peer, and for this device, whose share is the whole. */
    @Nullable
    String foreignPeer() {
        String peer = filterBy(Dimension.PEER);
        return peer == null || peer.equals(moment.device().id()) ? null : peer;
    }

    private static Map<String, String> labels(SnapshotFilter filter) {
        Map<String, String> labels = new HashMap<>();
        if (filter.peer() != null) {
            labels.put(Dimension.PEER, filter.peer());
        }
        if (filter.model() != null) {
            labels.put(Dimension.MODEL, filter.model());
        }
        return labels;
    }
}
