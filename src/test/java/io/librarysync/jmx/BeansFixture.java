package io.librarysync.jmx;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Route;
import io.librarysync.domain.SyncState;
import io.librarysync.events.EventArchive;
import io.librarysync.events.EventBook;
import io.librarysync.events.SyncEvents;
import io.librarysync.export.SnapshotJson;
import io.librarysync.history.History;
import io.librarysync.history.HistorySettings;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.testing.ManualClock;
import io.librarysync.testing.MemorySnapshotStore;
import java.time.Duration;
import java.util.List;

/** One device with a little history, and its beans in an MBean server of their own. */
public final class BeansFixture implements AutoCloseable {
    public static final String LIBRARY = "11111111-0000-4000-8000-000000000001";
    public static final String DEVICE = "22222222-0000-4000-8000-000000000001";
    public static final String PEER = "33333333-0000-4000-8000-000000000001";
    public static final ModelType ENTRY = ModelType.deviceOwned("entry");
    public static final ModelType TAG = ModelType.shared("tag");
    private static final int EVENTS = 1_000;
    private static final SyncMBeans.Options OPTIONS = new SyncMBeans.Options("1.2.3", 2);

    public final ManualClock clock;
    public final SyncEvents events;
    public final SyncMetrics metrics;
    public final BeanServer server = BeanServer.separate();
    public final MemorySnapshotStore store = new MemorySnapshotStore();
    public final History history;
    public final SyncMBeans beans;

    public BeansFixture() {
        this(new ManualClock(), OPTIONS);
    }

    public BeansFixture(ManualClock clock, SyncMBeans.Options options) {
        this(clock, options, "My \"Library\"", "laptop");
    }

    private BeansFixture(ManualClock clock, SyncMBeans.Options options, String libraryName, String deviceName) {
        this.clock = clock;
        Member self = new Member(DEVICE, deviceName);
        events = new SyncEvents(self, clock, "run", EVENTS, true);
        metrics = new SyncMetrics(
                new Member(LIBRARY, libraryName), self, clock, List.of(ENTRY, TAG), true, events.recorder());
        events.follow(metrics);
        history = new History(
                metrics, store, clock, HistorySettings.STANDARD, "run", SnapshotJson::compact, Runnable::run);
        history.begin(Runnable::run);
        beans = SyncMBeans.register(server, metrics, history, book(), options);
    }

    /** A device whose library is called like itself. */
    public static BeansFixture named(String name) {
        return new BeansFixture(new ManualClock(), OPTIONS, name, name);
    }

    EventBook book() {
        return new EventBook(events.journal(), EventArchive.NONE);
    }

    /** Ten entries arrive from a peer, eight of them are new; three tags go out. */
    public BeansFixture withTraffic() {
        DeviceId peer = DeviceId.parse(PEER);
        metrics.recorder().peerKnown(peer, "desktop");
        metrics.recorder().stateChanged(SyncState.UNINITIALIZED, SyncState.READY, "nothing to pull");
        metrics.recorder().changesReceived(peer, Route.LIVE, ModelTally.of(ENTRY, 8));
        for (int i = 0; i < 8; i++) {
            metrics.recorder()
                    .changeApplied(peer, ENTRY, Duration.ofMillis(2).toNanos(), clock.millis(), clock.millis());
        }
        metrics.recorder().changesCommitted(ModelTally.of(TAG, 3), null);
        metrics.recorder().batchDispatched(ModelTally.of(TAG, 3), clock.millis());
        clock.advance(Duration.ofSeconds(2));
        return this;
    }

    @Override
    public void close() {
        beans.close();
    }
}
