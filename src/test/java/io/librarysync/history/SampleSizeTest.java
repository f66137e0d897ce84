package io.librarysync.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.MessageType;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Route;
import io.librarysync.domain.SyncState;
import io.librarysync.instrument.SeriesCatalogue;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SampleWriter;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.record.SyncLevels;
import io.librarysync.record.SyncRecorder;
import io.librarysync.testing.IdleLink;
import io.librarysync.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much memory a sample takes in the ring, with traffic of every model on every link between any two samples. */
class SampleSizeTest {
    private final ManualClock clock = new ManualClock();
    private final Random random = new Random(11);

    @Test
    void aSampleOfFourBusyDevicesAndEightModelsTakesAtMostTwoKibibytes() {
        assertThat(meanSize(4, 8, 1_000)).isLessThanOrEqualTo(2_048);
    }

    @Test
    void aSampleOfAThousandBusyDevicesTakesThirtyTwoBytesForEachModelThatMovedOnALink() {
        assertThat(meanSize(1_000, 8, 30)).isLessThanOrEqualTo(1_000 * 8 * 32);
    }

    private double meanSize(int devices, int models, int samples) {
        List<ModelType> types = IntStream.range(0, models)
                .mapToObj(i -> i % 2 == 0 ? ModelType.deviceOwned("model" + i) : ModelType.shared("model" + i))
                .toList();
        List<DeviceId> peers = IntStream.range(0, devices)
                .mapToObj(i -> new DeviceId(new UUID(i, ~i)))
                .toList();
        SyncMetrics metrics =
                new SyncMetrics(new Member("library", "Library"), new Member("self", "Self"), clock, types, true);
        metrics.readLevelsFrom(() -> levels(peers));
        SampleWriter writer = metrics.sampleWriter(new SeriesCatalogue());
        SampleChain chain = new SampleChain(Retention.STANDARD);
        List<Sample> taken = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            clock.advance(Duration.ofSeconds(10));
            peers.forEach(peer -> types.forEach(type -> traffic(metrics.recorder(), peer, type)));
            taken.add(chain.append(writer.write(metrics.capture()), clock.nanos(), false));
        }
        return taken.stream().mapToInt(Sample::size).average().orElseThrow();
    }

    private void traffic(SyncRecorder recorder, DeviceId peer, ModelType model) {
        int changes = random.nextInt(1, 4);
        ModelTally tally = ModelTally.of(model, changes);
        recorder.frameReceived(peer, MessageType.STATE_BATCH, 200);
        recorder.changesReceived(peer, Route.LIVE, tally);
        for (int i = 0; i < changes; i++) {
            recorder.changeApplied(peer, model, 40_000 + random.nextInt(20_000), clock.millis(), clock.millis());
        }
        recorder.frameSent(peer, MessageType.RECEIPT, 60);
        recorder.batchDispatched(tally, clock.millis());
        recorder.batchAddressed(peer, tally, clock.millis());
        recorder.batchDelivered(peer, tally);
        recorder.batchSettled(4_000_000 + random.nextInt(1_000_000));
        recorder.heartbeatAnswered(peer, 2_000_000 + random.nextInt(500_000));
    }

    private SyncLevels levels(List<DeviceId> peers) {
        return new SyncLevels(
                SyncState.READY,
                null,
                null,
                Map.of(),
                null,
                0,
                peers.stream()
                        .map(peer -> IdleLink.to(peer, "device", 2 + random.nextDouble(), 0L))
                        .toList());
    }
}
