package io.librarysync.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.engine.EngineConfig;
import io.librarysync.engine.EngineKey;
import io.librarysync.metrics.ErrorMetricsMXBean;
import io.librarysync.metrics.SnapshotFilter;
import io.librarysync.testing.Invariants;
import io.librarysync.testing.TestDevice;
import io.librarysync.testing.TestLibrary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreeDevicesTest {

    @Test
    void everyChangeReachesBothOthersLive(@TempDir Path directory) {
        try (TestLibrary library = new TestLibrary(directory)) {
            List<TestDevice> devices = startThree(library);
            connectAll(library, devices);
            devices.forEach(TestDevice::addLocation);
            devices.get(0).addFiles(0, 150);
            devices.get(1).addTag("red");
            library.settle();

            for (TestDevice sender : devices) {
                long live = devices.stream()
                        .filter(other -> other != sender)
                        .map(other -> other.metrics()
                                .snapshot(SnapshotFilter.ofPeer(sender.id().toString())))
                        .mapToLong(
                                taken -> taken.operations().getReceivedByRoute().getOrDefault("live", 0L))
                        .sum();
                assertThat(live).isEqualTo(2 * sender.snapshot().operations().getBroadcastsSent());
            }
            Invariants.check(library);
        }
    }

    @Test
    void whatAnOfflineOriginMadeComesFromWhoeverHoldsIt(@TempDir Path directory) {
        try (TestLibrary library = new TestLibrary(directory)) {
            List<TestDevice> devices = startThree(library);
            TestDevice a = devices.get(0);
            TestDevice b = devices.get(1);
            TestDevice c = devices.get(2);
            a.addLocation();
            a.addFiles(0, 20);
            UUID tag = a.addTag("red");
            library.connect(a, b);
            library.settle();
            library.disconnect(a, b);
            library.connect(b, c);
            library.settle();

            assertThat(c.store().contentDigests()).isEqualTo(a.store().contentDigests());
            assertThat(c.tagNamed("red")).containsExactly(tag);
            library.connect(a, b);
            library.connect(a, c);
            library.settle();
            Invariants.check(library);
        }
    }

    /** The middle one builds on a version that the last one sees only when it next looks. */
    @Test
    void aVersionThatComesAfterItsSuccessorIsStaleAndNoConflict(@TempDir Path directory) {
        try (TestLibrary library = new TestLibrary(directory)) {
            List<TestDevice> devices = startThree(library);
            TestDevice a = devices.get(0);
            TestDevice b = devices.get(1);
            TestDevice c = devices.get(2);
            library.connect(a, b);
            library.connect(b, c);
            library.settle();
            UUID tag = a.addTag("red");
            library.runUntil(() -> !b.tagNamed("red").isEmpty());
            b.putTag(tag, "crimson");
            library.runUntil(() -> !c.tagNamed("crimson").isEmpty());
            library.connect(a, c);
            library.settle();

            ErrorMetricsMXBean errors = c.snapshot().errors();
            assertThat(List.of(errors.getAncestorsLate(), errors.getConflictsDetected()))
                    .containsExactly(1L, 0L);
            assertThat(c.snapshot().operations().getRejectedByReason()).containsEntry("stale", 1L);
            Invariants.check(library);
        }
    }

    @Test
    void aLocationThatIsDeletedLeavesNobodyBehind(@TempDir Path directory) {
        try (TestLibrary library = new TestLibrary(directory)) {
            List<TestDevice> devices = startThree(library);
            TestDevice a = devices.get(0);
            TestDevice b = devices.get(1);
            a.addLocation();
            a.addFiles(0, 20);
            library.connect(a, b);
            library.settle();
            long before = a.snapshot().operations().getBroadcastsSent();
            a.removeLocation();
            library.settle();
            assertThat(a.snapshot().operations().getBroadcastsSent() - before)
                    .as("the location and its root entry")
                    .isEqualTo(2);

            connectAll(library, devices);
            library.settle();
            Invariants.check(library);
            library.stop(a);
            library.restart(a);
            connectAll(library, library.devices());
            library.settle();
            Invariants.check(library);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void whateverHappensAllEndWithTheSameContent(long seed, @TempDir Path directory) {
        EngineConfig config = EngineConfig.defaults()
                .with(EngineKey.BACKFILL_BATCH_SIZE, 7)
                .with(EngineKey.REALTIME_BATCH_MAX_ENTRIES, 5);
        try (TestLibrary library = new TestLibrary(directory, config, true)) {
            List<TestDevice> devices = startThree(library);
            devices.forEach(TestDevice::addLocation);
            RandomActs acts = new RandomActs(library, devices, new Random(seed));
            for (int i = 0; i < 150; i++) {
                acts.next();
            }
            connectAll(library, devices);
            library.settle();
            Invariants.check(library);
        }
    }

    private static List<TestDevice> startThree(TestLibrary library) {
        return List.of(library.start("A"), library.start("B"), library.start("C"));
    }

    private static void connectAll(TestLibrary library, List<TestDevice> devices) {
        for (TestDevice one : devices) {
            for (TestDevice other : devices) {
                if (one.id().compareTo(other.id()) < 0) {
                    library.connect(one, other);
                }
            }
        }
    }

    /** Devices that write, meet and part in an order that only the seed decides. */
    private static final class RandomActs {
        private final TestLibrary library;
        private final List<TestDevice> devices;
        private final Random random;
        private final List<UUID> tags = new ArrayList<>();
        private int files;

        RandomActs(TestLibrary library, List<TestDevice> devices, Random random) {
            this.library = library;
            this.devices = devices;
            this.random = random;
        }

        void next() {
            TestDevice one = any(devices);
            TestDevice other = any(devices);
            switch (random.nextInt(10)) {
                case 0 -> library.connect(one, other == one ? next(one) : other);
                case 1 -> library.disconnect(one, other == one ? next(one) : other);
                case 2 -> tags.add(one.addTag("tag" + tags.size()));
                case 3 -> rename(one);
                case 4 -> deleteTag(one);
                case 5 -> deleteFile(one);
                case 6 -> library.runSome(random.nextInt(40));
                case 7 -> library.scheduler().advance(Duration.ofMillis(random.nextInt(20_000)));
                default -> one.commitLater(one.files(files, 1 + random.nextInt(12)));
            }
            files += 12;
        }

        private void rename(TestDevice one) {
            if (!tags.isEmpty()) {
                UUID tag = any(tags);
                one.putTagIfThere(tag, "renamed" + random.nextInt(5));
            }
        }

        private void deleteTag(TestDevice one) {
            if (!tags.isEmpty() && random.nextInt(3) == 0) {
                one.removeTag(any(tags));
            }
        }

        private void deleteFile(TestDevice one) {
            List<UUID> own = one.ownFiles();
            if (!own.isEmpty()) {
                one.removeEntry(any(own));
            }
        }

        private TestDevice next(TestDevice one) {
            return devices.get((devices.indexOf(one) + 1) % devices.size());
        }

        private <T> T any(List<T> choices) {
            return choices.get(random.nextInt(choices.size()));
        }
    }
}
