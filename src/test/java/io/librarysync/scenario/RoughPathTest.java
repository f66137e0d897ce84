package io.librarysync.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.librarysync.engine.EngineConfig;
import io.librarysync.engine.EngineKey;
import io.librarysync.instrument.Latency;
import io.librarysync.instrument.Metric;
import io.librarysync.instrument.MetricDescription;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.metrics.DeviceVolume;
import io.librarysync.metrics.OperationMetricsMXBean;
import io.librarysync.testing.Invariants;
import io.librarysync.testing.TestDevice;
import io.librarysync.testing.TestLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoughPathTest {

    private final Path directory;
    private TestLibrary library;
    private TestDevice a;
    private TestDevice b;

    RoughPathTest(@TempDir Path temporary) {
        directory = temporary;
    }

    @BeforeEach
    void connectTwo() {
        library = new TestLibrary(directory, EngineConfig.defaults().with(EngineKey.OUTBOX_CAPACITY, 500), true);
        a = library.start("A");
        b = library.start("B");
        library.connect(a, b);
        a.addLocation();
        library.settle();
    }

    @AfterEach
    void stopAll() {
        library.close();
    }

    @Test
    void aMessageWhosePeerWentAwayIsQueuedAndSupersededByItsPull() {
        a.commitLater(a.files(0, 10));
        library.runUntil(() -> a.snapshot().operations().getChangesOutstanding() > 0);
        library.disconnect(a, b);
        assertThat(a.snapshot().operations().getRetryQueueDepth()).isEqualTo(1);
        library.scheduler().advance(Duration.ofSeconds(1));
        a.addFiles(10, 1);
        library.scheduler().advance(Duration.ofSeconds(1));
        library.connect(a, b);
        library.settle();

        OperationMetricsMXBean ops = a.snapshot().operations();
        assertThat(List.of(ops.getRetryEnqueued(), ops.getRetrySuperseded(), ops.getRetryQueueDepth()))
                .containsExactly(1L, 1L, 0L);
        Invariants.check(library);
    }

    @Test
    void aDeviceThatLostItsLibraryIsRefusedAndBothSidesSayWhatToDo() throws IOException {
        b.addTag("red");
        library.settle();
        library.stop(b);
        Files.delete(directory.resolve("B.db"));
        TestDevice emptied = library.restart(b);
        library.connect(a, emptied);

        assertThat(newestError(emptied))
                .isEqualTo("A holds changes of this device that its own library lacks, which comes from an older copy;"
                        + " start it with a new --data folder to join as a new device");
        assertThat(newestError(a))
                .isEqualTo("B exchanges nothing, its library comes from an older copy;"
                        + " start it with a new --data folder to join as a new device");
    }

    @Test
    void aMessageThatFailsFiveTimesIsGivenUpAndComesByPull() {
        a.commitLater(a.files(0, 10));
        library.runUntil(() -> a.snapshot().operations().getChangesOutstanding() > 0);
        library.disconnect(a, b);
        library.scheduler().advance(Duration.ofMinutes(10));
        OperationMetricsMXBean ops = a.snapshot().operations();
        assertThat(List.of(ops.getRetryAttempts(), ops.getRetryFailures(), ops.getRetryExhausted()))
                .containsExactly(5L, 5L, 1L);
        assertThat(a.snapshot().state().getLinksNeedingCatchUp()).isEqualTo(1);
        library.connect(a, b);
        library.settle();
        Invariants.check(library);
    }

    @Test
    void moreChangesThanTheOutboxHoldsAreDeferredAndPulled() {
        a.commit(a.files(0, 800));
        library.settle();

        assertThat(a.snapshot().operations().getChangesDeferred()).containsEntry("overflow", 300L);
        assertThat(a.snapshot().errors().getLostOutboxOverflow()).isEqualTo(300);
        Invariants.check(library);
    }

    @Test
    void garbageIsCountedWithItsPeerAndHarmsNobody() {
        library.network().inject(a.id(), b.id(), "not a message".getBytes(StandardCharsets.UTF_8));
        library.scheduler().runUntilIdle();
        assertThat(b.snapshot().errors().getFramesRejected()).isEqualTo(1);
        assertThat(b.snapshot().errors().getRecentErrors().get(0).deviceId()).isEqualTo(a.id().toString());
        a.addFiles(0, 3);
        library.settle();
        assertThat(b.store().contentDigests()).isEqualTo(a.store().contentDigests());
    }

    @Test
    void aRestartedDeviceKnowsWhereItWas() {
        a.addFiles(0, 20);
        UUID tag = b.addTag("red");
        library.settle();
        Long before = volumeOf(b, a).lastSeenEpochMillis();
        library.stop(b);
        a.addFiles(20, 5);
        a.removeTag(tag);
        library.settle();
        TestDevice again = library.restart(b);
        assertThat(volumeOf(again, a).lastSeenEpochMillis()).isEqualTo(before);
        library.connect(a, again);
        library.settle();

        OperationMetricsMXBean ops = again.snapshot().operations();
        assertThat(ops.getReceivedByRoute())
                .isEqualTo(Map.of("live", 0L, "retry", 0L, "catch_up", 6L, "backfill", 0L, "snapshot", 0L));
        assertThat(again.snapshot().state().getStateHistory().get(0).reason()).isEqualTo("restored");
        assertThat(again.store().contentDigests()).isEqualTo(a.store().contentDigests());
    }

    @Test
    void aStoppedDeviceTakesNoChangesAndSaysSo() {
        library.stop(b);
        assertThatIllegalStateException()
                .isThrownBy(() -> join(b.engine().commit(b.files(0, 1))))
                .withMessage("the engine has stopped");
        assertThat(b.engine().addTag("red", List.of())).isCompletedExceptionally();
        assertThat(b.engine().pause()).isCompletedExceptionally();
        assertThat(b.engine().stop()).isCompleted();
        assertThat(b.engine().levels().state().label()).isEqualTo("Paused");
    }

    @Test
    void aDeviceThatNobodyAnswersGoesOfflineAndComesBack() {
        library.network().disconnectSilently(a.id(), b.id());
        library.scheduler().advance(Duration.ofMinutes(2));
        assertThat(a.snapshot().state().getPeersOnline()).isZero();
        assertThat(a.snapshot().operations().getHeartbeatsMissed()).isEqualTo(12);
        assertThat(a.snapshot().errors().getTotalErrors()).isZero();
    }

    /** The counters and distributions of a device that are not 0. */
    private static List<String> moved(TestDevice device) {
        return device.snapshot().groups().values().stream()
                .flatMap(group -> MetricGroup.describe(group.type()).stream()
                        .filter(metric -> metric.kind().equals(Metric.COUNTER)
                                || metric.kind().equals(Metric.HISTOGRAM))
                        .filter(metric -> !isZero(group.values().get(metric.attribute()))))
                .map(MetricDescription::attribute)
                .toList();
    }

    private static boolean isZero(@Nullable Object value) {
        if (value instanceof Map<?, ?> parts) {
            return parts.values().stream().allMatch(RoughPathTest::isZero);
        }
        return value == null
                || value.equals(0L)
                || value.equals(Latency.Summary.EMPTY)
                || (value instanceof DeviceVolume volume
                        && isZero(volume.entriesReceived())
                        && isZero(volume.recordsSent()));
    }

    private static DeviceVolume volumeOf(TestDevice device, TestDevice peer) {
        return Objects.requireNonNull(device.snapshot()
                .dataVolume()
                .getEntriesByDevice()
                .get(peer.id().toString()));
    }

    private static void join(CompletableFuture<Void> work) {
        try {
            work.join();
        } catch (CompletionException e) {
            throw (IllegalStateException) Objects.requireNonNull(e.getCause());
        }
    }

    @Test
    void switchedOffTheSameHappensAndNothingIsCounted(@TempDir Path other) {
        a.addFiles(0, 120);
        a.addTag("red");
        library.settle();
        try (TestLibrary silent = new TestLibrary(other, EngineConfig.defaults(), false)) {
            TestDevice one = silent.start("A");
            TestDevice two = silent.start("B");
            silent.connect(one, two);
            one.addLocation();
            silent.settle();
            one.addFiles(0, 120);
            one.addTag("red");
            silent.settle();

            assertThat(two.store().contentDigests()).isEqualTo(b.store().contentDigests());
            assertThat(moved(two)).isEmpty();
            assertThat(moved(one)).isEmpty();
        }
    }

    private static String newestError(TestDevice device) {
        return device.snapshot().errors().getRecentErrors().get(0).message();
    }
}
