package io.librarysync.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Route;
import io.librarysync.history.History;
import io.librarysync.history.HistorySettings;
import io.librarysync.history.Steps;
import io.librarysync.history.Window;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SnapshotFilter;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.testing.ManualClock;
import io.librarysync.testing.MemorySnapshotStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricSeriesTest {
    private static final ModelType ENTRY = ModelType.deviceOwned("entry");
    private static final ModelType TAG = ModelType.shared("tag");
    private static final DeviceId DESKTOP = DeviceId.parse("e20b5f31-0000-4000-8000-000000000001");
    private static final List<MetricName> RECEIVED = List.of(MetricName.parse("changes_received"));

    private final ManualClock clock = new ManualClock();
    private final SyncMetrics metrics = new SyncMetrics(
            new Member("library", "My Library"), new Member("self", "MacBook"), clock, List.of(ENTRY), true);
    private final History history = new History(
            metrics,
            new MemorySnapshotStore(),
            clock,
            HistorySettings.STANDARD,
            "run",
            SnapshotJson::compact,
            Runnable::run);

    @Test
    void stepsAddUpToTheWholeWindow() {
        Random random = new Random(7);
        history.begin(Runnable::run);
        for (int tick = 0; tick < 100; tick++) {
            work(random);
        }
        for (int trial = 0; trial < 100; trial++) {
            Window.Between window = new Window.Between(now().minusSeconds(1 + random.nextInt(1_200)), null);
            Duration step = Duration.ofSeconds(10 + random.nextInt(300));
            assertThat(sum(series(window, step))).isEqualTo(whole(window));
        }
    }

    @Test
    void everyNumberOfAStepIsThatOfItsWindow() {
        Random random = new Random(11);
        history.begin(Runnable::run);
        for (int tick = 0; tick < 300; tick++) {
            meet(random, tick / 30);
            work(random);
        }
        for (SnapshotFilter filter : List.of(
                SnapshotFilter.NONE, SnapshotFilter.ofPeer(DESKTOP.toString()), SnapshotFilter.ofModel("entry"))) {
            assertThat(inOneGo(filter)).isEqualTo(windowByWindow(filter));
        }
    }

    /** Every number that there is at the end of the hour, in each minute of it. */
    private List<Map<String, Number>> inOneGo(SnapshotFilter filter) {
        return MetricSeries.of(history, minutes(), filter, everything(filter)).points().stream()
                .map(point -> numbers(point.values().values()))
                .toList();
    }

    private List<Map<String, Number>> windowByWindow(SnapshotFilter filter) {
        Set<String> wanted = everything(filter).stream()
                .map(name -> name.find(history.capture(Window.CURRENT_EPOCH).snapshot(filter)))
                .flatMap(Optional::stream)
                .map(Quantity::path)
                .collect(Collectors.toSet());
        return minutes().windows().stream()
                .map(window -> Quantities.of(history.capture(window).snapshot(filter)))
                .map(all -> numbers(all.byPath().values().stream()
                        .filter(quantity -> wanted.contains(quantity.path()))
                        .toList()))
                .toList();
    }

    private static Map<String, Number> numbers(Collection<Quantity> quantities) {
        return quantities.stream().collect(Collectors.toMap(Quantity::path, Quantity::value));
    }

    private List<MetricName> everything(SnapshotFilter filter) {
        return Quantities.of(history.capture(Window.CURRENT_EPOCH).snapshot(filter)).byPath().keySet().stream()
                .filter(path -> !path.contains(">")) // the edges of the states have names of their own
                .map(MetricName::parse)
                .toList();
    }

    private Steps minutes() {
        Instant now = now();
        return Steps.of(new Window.Between(now.minusSeconds(3_000), null), Duration.ofMinutes(1), now);
    }

    /** A peer is met, and does something with a model that may be new. */
    private void meet(Random random, int peers) {
        DeviceId peer = new DeviceId(new UUID(0, random.nextInt(peers + 1)));
        metrics.recorder().peerKnown(peer, "peer " + peer);
        metrics.recorder().changeApplied(peer, random.nextBoolean() ? ENTRY : TAG, random.nextInt(1 << 20), 1, 1);
        metrics.recorder().heartbeatAnswered(peer, random.nextInt(1 << 20));
        metrics.recorder().changesCommitted(ModelTally.of(TAG, 1), null);
        metrics.recorder().batchDispatched(ModelTally.of(TAG, 1), clock.millis());
    }

    private void work(Random random) {
        metrics.recorder().changesReceived(DESKTOP, Route.LIVE, ModelTally.of(ENTRY, 1 + random.nextInt(9)));
        clock.advance(Duration.ofSeconds(10));
        history.sample();
        if (random.nextInt(10) == 0) {
            metrics.reset(history);
        }
    }

    private long whole(Window window) {
        return history.capture(window).snapshot().operations().getChangesReceived();
    }

    private MetricSeries series(Window.Between window, Duration step) {
        return MetricSeries.of(history, Steps.of(window, step, now()), SnapshotFilter.NONE, RECEIVED);
    }

    private static long sum(MetricSeries series) {
        return series.column("changes_received").stream()
                .flatMap(Optional::stream)
                .mapToLong(quantity -> quantity.value().longValue())
                .sum();
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
