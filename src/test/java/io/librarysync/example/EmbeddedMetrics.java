package io.librarysync.example;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Route;
import io.librarysync.domain.SyncClock;
import io.librarysync.events.EventBook;
import io.librarysync.history.MetricsHistory;
import io.librarysync.jmx.BeanServer;
import io.librarysync.jmx.SyncMBeans;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SyncMetrics;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A sync system of somebody else: it reports what it does, and its numbers are beans. It ends with its input. */
final class EmbeddedMetrics {
    public static void main(String[] arguments) throws Exception {
        ModelType photo = ModelType.deviceOwned("photo");
        Member library = new Member(UUID.randomUUID().toString(), "Photos");
        Member self = new Member(UUID.randomUUID().toString(), "camera");
        SyncMetrics metrics = new SyncMetrics(library, self, SyncClock.system(), List.of(photo), true);
        SyncMBeans.Options options = new SyncMBeans.Options("1.0", 10);
        SyncMBeans.register(
                        BeanServer.ofProcess(), metrics, MetricsHistory.none(metrics), EventBook.none(self), options)
                .refreshEvery(Duration.ofSeconds(1));
        metrics.recorder().changesReceived(new DeviceId(UUID.randomUUID()), Route.LIVE, ModelTally.of(photo, 7));
        System.in.readAllBytes();
    }
}
