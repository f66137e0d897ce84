package io.librarysync.history;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Route;
import io.librarysync.domain.SyncClock;
import io.librarysync.domain.SyncState;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.record.SyncLevels;
import io.librarysync.record.SyncRecorder;
import io.librarysync.testing.IdleLink;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** The metrics of a device with many peers, each of which has moved records of some of the known models. */
public final class BusyDevices {
    private static final int MODELS = 100;

    private final List<ModelType> models;
    private final List<DeviceId> peers;
    private final int active;
    private final SyncMetrics metrics;
    private int round;

    /**
     * With 100 models.
     *
     * @param devices how many peers there are
     * @param active how many models each of them has moved records of
     */
    public BusyDevices(int devices, int active, SyncClock clock) {
        this(devices, MODELS, active, clock);
    }

    /**
     * With as many models as said.
     *
     * @param devices how many peers there are
     * @param known how many models there are
     * @param active how many models each of the peers has moved records of
     */
    public BusyDevices(int devices, int known, int active, SyncClock clock) {
        this.models = IntStream.range(0, known)
                .mapToObj(i -> ModelType.deviceOwned("model" + i))
                .toList();
        this.peers = IntStream.range(0, devices)
                .mapToObj(i -> new DeviceId(new UUID(i + 1L, i)))
                .toList();
        this.active = active;
        this.metrics =
                new SyncMetrics(new Member("library", "Library"), new Member("self", "Self"), clock, models, true);
        metrics.readLevelsFrom(this::levels);
        peers.forEach(this::move);
    }

    public SyncMetrics metrics() {
        return metrics;
    }

    /** Every tenth peer moves two records of each of its models. */
    public void moveATenth() {
        round++;
        for (int i = round % 10; i < peers.size(); i += 10) {
            move(peers.get(i));
        }
    }

    private void move(DeviceId peer) {
        SyncRecorder recorder = metrics.recorder();
        for (ModelType model : models.subList(0, active)) {
            recorder.changesReceived(peer, Route.LIVE, ModelTally.of(model, 1));
            recorder.changeApplied(peer, model, 40_000L + round % 1_000, 1, 1);
        }
    }

    private SyncLevels levels() {
        return new SyncLevels(
                SyncState.READY,
                null,
                null,
                Map.of(),
                null,
                0,
                peers.stream().map(this::link).toList());
    }

    private SyncLevels.Link link(DeviceId peer) {
        return IdleLink.to(peer, "device", 2.0 + round % 7, 0L);
    }
}
