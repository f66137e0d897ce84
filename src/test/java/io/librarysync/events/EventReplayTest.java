package io.librarysync.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.domain.DeviceId;
import io.librarysync.events.EventReplay.Missed;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.testing.ManualClock;
import io.librarysync.testing.MemoryEventStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever comes back after an earlier run hears what that kept, and of what it could not keep. */
class EventReplayTest {
    private static final Member SELF = new Member("self", "Self");
    private static final DeviceId PEER = DeviceId.parse("11111111-0000-4000-8000-000000000001");

    private final ManualClock clock = new ManualClock();
    private final SyncMetrics metrics = new SyncMetrics(new Member("library", "Library"), SELF, clock, List.of(), true);
    private final SyncEvents earlier = new SyncEvents(SELF, clock, "earlier", 10, true);
    private final SyncEvents now = new SyncEvents(SELF, clock, "now", 10, true);
    private final MemoryEventStore store = new MemoryEventStore();

    EventReplayTest() {
        now.recorder().peerConnected(PEER);
    }

    @Test
    void aRunThatWasStoppedIsWhole() {
        connectTimes(2);
        earlier.stopped(metrics);
        keep(3);

        assertThat(missedAfter(1)).containsExactly("earlier:2", "earlier:3", "now:1");
        assertThat(missedAfter(3)).containsExactly("now:1");
    }

    @Test
    void aRunWithoutMetricsAtItsEndIsWhole() {
        earlier.disabled(metrics.epoch());
        earlier.stopped(metrics);
        keep(2);

        assertThat(missedAfter(1)).containsExactly("earlier:2", "now:1");
    }

    @Test
    void whatARunDidNotKeepBeforeItWasKilledIsLost() {
        connectTimes(5);
        keep(3);

        assertThat(missedAfter(1)).containsExactly("earlier:2", "earlier:3", "earlier lost from 4", "now:1");
        assertThat(missedAfter(3)).containsExactly("earlier lost from 4", "now:1");
    }

    @Test
    void theEndOfAnEpochOfARunBeforeIsNotItsOwn() {
        earlier.crashed(metrics.epoch());
        keep(1);

        assertThat(missedAfter(1)).containsExactly("earlier lost from 2", "now:1");
    }

    private void connectTimes(int times) {
        for (int i = 0; i < times; i++) {
            earlier.recorder().peerConnected(PEER);
        }
    }

    /** The first events of the earlier run were written. */
    private void keep(int events) {
        store.write(earlier.journal().recent().subList(0, events));
    }

    private List<String> missedAfter(long sequence) {
        EventReplay replay =
                new EventReplay(new EventBook(now.journal(), store), new EventId("earlier", sequence), event -> {});
        List<String> all = new ArrayList<>();
        for (List<Missed> page = replay.next(); !page.isEmpty(); page = replay.next()) {
            page.forEach(each -> all.add(text(each)));
        }
        return all;
    }

    private static String text(Missed missed) {
        if (missed instanceof Missed.Lost lost && lost.to() == null) {
            return lost.run() + " lost from " + lost.from();
        }
        return missed instanceof Missed.Event told ? told.event().id().toString() : missed.toString();
    }
}
