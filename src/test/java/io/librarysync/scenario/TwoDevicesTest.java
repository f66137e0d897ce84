package io.librarysync.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.engine.EngineConfig;
import io.librarysync.engine.EngineKey;
import io.librarysync.engine.LibraryModels;
import io.librarysync.engine.LocalChange.Put;
import io.librarysync.engine.RecordData;
import io.librarysync.engine.Stored;
import io.librarysync.metrics.Category;
import io.librarysync.metrics.DeviceVolume;
import io.librarysync.metrics.OperationMetricsMXBean;
import io.librarysync.metrics.SyncMetricsSnapshot;
import io.librarysync.testing.Invariants;
import io.librarysync.testing.TestDevice;
import io.librarysync.testing.TestLibrary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoDevicesTest {

    private static final Set<String> MOVED_BY_TIME = Set.of(
            "TotalTimeInState",
            "UptimeMillis",
            "TimeInCurrentStateMillis",
            "WatermarkAgeMillis",
            "PeerRtt",
            "BytesSent",
            "BytesReceived",
            "BytesTotal",
            "DbQueryDuration",
            "DbQueryDurationP50Millis",
            "DbQueryDurationP99Millis",
            "DbQueryDurationMaxMillis",
            "DbQueryCount");

    private TestLibrary library;
    private TestDevice a;
    private TestDevice b;

    @BeforeEach
    void startTwo(@TempDir Path directory) {
        library = new TestLibrary(directory, EngineConfig.defaults().with(EngineKey.BACKFILL_BATCH_SIZE, 50), true);
        a = library.start("A");
        b = library.start("B");
    }

    @AfterEach
    void stopAll() {
        library.close();
    }

    @Test
    void aHundredNewFilesAreBroadcastOnceEach() {
        a.addLocation();
        library.settle();
        connect();
        a.addFiles(0, 100);
        library.settle();

        SyncMetricsSnapshot sent = a.snapshot();
        assertThat(sent.operations().getBroadcastsSent()).isEqualTo(100);
        assertThat(sent.dataVolume().getEntriesSynced()).containsEntry("entry", 100L);
        assertThat(sent.performance().getBroadcastLatency().avg()).isLessThan(100);
        assertThat(b.snapshot().operations().getReceivedByRoute()).containsEntry("live", 100L);
        Invariants.check(library);
    }

    @Test
    void whatIsConnectedBeforeTheFirstChangeIsNeverPulled() {
        connect();
        a.addLocation();
        b.addLocation();
        a.addFiles(0, 250);
        b.addFiles(0, 30);
        a.addTag("red");
        b.addTag("blue");
        library.settle();

        OperationMetricsMXBean one = a.snapshot().operations();
        OperationMetricsMXBean other = b.snapshot().operations();
        assertThat(one.getBroadcastsSent()).isEqualTo(254);
        assertThat(other.getChangesReceived()).isEqualTo(254);
        assertThat(other.getChangesApplied()).isEqualTo(254);
        assertThat(List.of(other.getBroadcastsSent(), one.getChangesReceived(), one.getChangesApplied()))
                .containsOnly(34L);
        assertThat(one.getSessionsStarted()).isEqualTo(Map.of("backfill", 0L, "catch_up", 0L));
        Invariants.check(library);
    }

    @Test
    void aDeviceThatReturnsCatchesUpFromItsWatermarks() {
        connect();
        a.addLocation();
        a.addFiles(0, 10);
        a.addTag("red");
        library.settle();
        library.disconnect(a, b);
        a.addFiles(10, 7);
        a.addTag("blue");
        library.settle();
        connect();

        OperationMetricsMXBean ops = b.snapshot().operations();
        assertThat(ops.getReceivedByRoute()).containsEntry("catch_up", 8L).containsEntry("snapshot", 0L);
        assertThat(ops.getSessionsCompleted()).isEqualTo(Map.of("backfill", 0L, "catch_up", 1L));
        assertThat(ops.getPullsIncremental()).isEqualTo(2);
        assertThat(b.snapshot().errors().getTotalErrors()).isZero();
        Invariants.check(library);
    }

    @Test
    void deletingATreeIsOneChange() {
        connect();
        a.addLocation();
        a.addFiles(0, 20);
        library.settle();
        long before = a.snapshot().operations().getBroadcastsSent();
        a.removeEntry(a.rootEntry());
        library.settle();

        assertThat(a.snapshot().operations().getBroadcastsSent() - before).isEqualTo(1);
        assertThat(entries(b)).isEmpty();
        Invariants.check(library);
    }

    @Test
    void concurrentEditsConflictOnceOnEachSideAndTheLaterWins() {
        connect();
        UUID tag = a.addTag("red");
        library.settle();
        library.disconnect(a, b);
        a.putTag(tag, "crimson");
        library.scheduler().advance(Duration.ofSeconds(1));
        b.putTag(tag, "scarlet");
        library.settle();
        connect();

        assertThat(a.snapshot().errors().getConflictsTookRemote()).isEqualTo(1);
        assertThat(b.snapshot().errors().getConflictsKeptLocal()).isEqualTo(1);
        assertThat(a.snapshot().errors().getConflictsDetected()).isEqualTo(1);
        assertThat(b.snapshot().errors().getConflictsDetected()).isEqualTo(1);
        assertThat(b.snapshot().operations().getRejectedByReason()).containsEntry("stale", 1L);
        assertThat(a.tagNamed("scarlet")).contains(tag);
        Invariants.check(library);
    }

    @Test
    void aDeletionWinsOverALaterEditAndTakesWhatHungOnIt() {
        connect();
        a.addLocation();
        UUID tag = a.addTag("red");
        library.settle();
        library.disconnect(a, b);
        a.removeTag(tag);
        library.scheduler().advance(Duration.ofSeconds(1));
        b.putTag(tag, "scarlet");
        b.commit(List.of(new Put(
                LibraryModels.ENTRY_TAG,
                library.uuids().get(),
                RecordData.builder()
                        .reference("entry", a.rootEntry())
                        .reference("tag", tag)
                        .build())));
        library.settle();
        connect();

        assertThat(a.snapshot().errors().getConflictsResolvedByDelete()).isEqualTo(1);
        assertThat(b.snapshot().errors().getConflictsResolvedByDelete()).isEqualTo(1);
        assertThat(a.snapshot().operations().getRejectedByReason()).containsEntry("tombstoned", 2L);
        assertThat(a.tagNamed("scarlet")).isEmpty();
        Invariants.check(library);
    }

    @Test
    void aPathThatTwoDevicesHaveMeansTheOwnOne() {
        connect();
        a.addLocation();
        b.addLocation(a.root());
        library.settle();
        a.tag("red", a.root());
        b.tag("blue", a.root());
        library.settle();

        assertThat(tagged(a.rootEntry(), "red")).hasSize(1);
        assertThat(tagged(b.rootEntry(), "blue")).hasSize(1);
    }

    private List<UUID> tagged(UUID entry, String tag) {
        return a.store()
                .read(reader -> reader.referringTo(
                        LibraryModels.ENTRY_TAG,
                        Map.of("entry", entry, "tag", a.tagNamed(tag).get(0))));
    }

    @Test
    void aTagIsPutOnEntriesByPath() {
        connect();
        b.addLocation();
        b.addFiles(0, 3);
        library.settle();
        a.tag("red", b.root() + "/file1", b.root() + "/file2");
        a.tag("red", b.root() + "/file2");
        library.settle();

        assertThat(a.snapshot().operations().getSharedChangesBroadcast()).isEqualTo(3);
        assertThat(b.engine().search("FILE1", 10).stream().map(Stored.Found::path))
                .containsExactly(b.root() + "/file1");
        Invariants.check(library);
    }

    @Test
    void aPausedDeviceTakesNothingAndCatchesUpWhenItGoesOn() {
        connect();
        a.addLocation();
        library.settle();
        b.pause();
        a.addFiles(0, 5);
        b.addTag("red");
        library.settle();
        assertThat(b.snapshot().operations().getChangesDeferred()).containsEntry("paused", 1L);
        assertThat(entries(b)).hasSize(1);
        b.resume();
        library.settle();

        assertThat(b.snapshot().state().getCurrentState()).isEqualTo("Ready");
        Invariants.check(library);
    }

    @Test
    void anIdlePairMovesNothingButHeartbeats() {
        connect();
        a.addLocation();
        a.addTag("red");
        library.settle();
        library.scheduler().advance(Duration.ofHours(2));
        List<Map<String, Object>> before = List.of(lasting(a.snapshot()), lasting(b.snapshot()));
        library.scheduler().advance(Duration.ofHours(1));

        assertThat(List.of(lasting(a.snapshot()), lasting(b.snapshot()))).isEqualTo(before);
        Invariants.check(library);
    }

    @Test
    void anAckedLogIsPrunedAndALateDeviceGetsTheSnapshot() {
        connect();
        a.addTag("red");
        b.addTag("blue");
        UUID gone = a.addTag("green");
        a.removeTag(gone);
        library.settle();
        library.scheduler().advance(Duration.ofHours(2));
        OperationMetricsMXBean ops = a.snapshot().operations();
        assertThat(ops.getLogPruned()).isEqualTo(ops.getLogAppended()).isEqualTo(4);

        TestDevice c = library.start("C");
        library.connect(a, c);
        library.connect(b, c);
        library.settle();
        assertThat(c.snapshot().operations().getReceivedByRoute()).containsEntry("snapshot", 3L);
        Invariants.check(library);
    }

    private void connect() {
        library.connect(a, b);
        library.settle();
    }

    private static List<Stored.Found> entries(TestDevice device) {
        return device.engine().search("", 1_000);
    }

    /** Every number that heartbeats, a prune and the time itself leave as it is. */
    private static Map<String, Object> lasting(SyncMetricsSnapshot snapshot) {
        Map<String, Object> lasting = new TreeMap<>();
        for (Category category : Category.values()) {
            lasting.putAll(snapshot.group(category).values());
        }
        lasting.keySet().removeAll(MOVED_BY_TIME);
        lasting.put("FramesSent", withoutHeartbeats(snapshot.dataVolume().getFramesSent()));
        lasting.put("FramesReceived", withoutHeartbeats(snapshot.dataVolume().getFramesReceived()));
        lasting.put("EntriesByDevice", withoutLastSeen(snapshot.dataVolume().getEntriesByDevice()));
        return lasting;
    }

    private static List<DeviceVolume> withoutLastSeen(Map<String, DeviceVolume> volumes) {
        return new TreeMap<>(volumes)
                .values().stream()
                        .map(each -> new DeviceVolume(
                                each.deviceName(), each.entriesReceived(), each.recordsSent(), null, each.isOnline()))
                        .toList();
    }

    private static Map<String, Long> withoutHeartbeats(Map<String, Long> frames) {
        Map<String, Long> others = new HashMap<>(frames);
        others.remove("Heartbeat");
        return others;
    }
}
