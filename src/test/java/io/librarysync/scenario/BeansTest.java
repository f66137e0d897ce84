package io.librarysync.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.testing.Invariants;
import io.librarysync.testing.OwnBeans;
import io.librarysync.testing.TestDevice;
import io.librarysync.testing.TestLibrary;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The books of several devices, read over the MBean server that each of them has. */
class BeansTest {
    private static final int FILES = 100;
    private static final int TAGS = 3;

    private TestLibrary library;
    private TestDevice a;
    private TestDevice b;
    private TestDevice c;

    @BeforeEach
    void connectThree(@TempDir Path directory) {
        library = new TestLibrary(directory);
        a = library.start("A");
        b = library.start("B");
        c = library.start("C");
        library.connect(a, b);
        library.connect(b, c);
        library.connect(a, c);
        library.settle();
        devices().forEach(device -> device.beans().refresh());
        a.addLocation();
        library.settle();
    }

    @AfterEach
    void stopAll() {
        library.close();
    }

    @Test
    void whatOneDeviceSentIsWhatTheOthersReceivedFromIt() {
        long before = operations(a, "BroadcastsSent");
        a.addFiles(0, FILES);
        for (int i = 0; i < TAGS; i++) {
            b.addTag("tag" + i);
        }
        library.settle();

        assertThat(operations(a, "BroadcastsSent")).isEqualTo(before + FILES);
        assertThat(operations(b, "BroadcastsSent")).isEqualTo(TAGS);
        for (TestDevice from : devices()) {
            long sent = operations(from, "BroadcastsSent");
            for (TestDevice to : others(from)) {
                assertThat(ofPeer(to, from, "ChangesReceived")).isEqualTo(sent);
                assertThat(ofPeer(to, from, "ChangesApplied")).isEqualTo(sent);
                assertThat(ofPeer(from, to, "ChangesDelivered")).isEqualTo(sent);
                assertThat(ofPeer(to, from, "BytesReceived")).isEqualTo(ofPeer(from, to, "BytesSent"));
            }
        }
        Invariants.check(library);
    }

    @Test
    void aDeviceThatStopsLeavesNoBeanBehindAndTakesNoneOfTheOthers() {
        OwnBeans ended = b.beans();
        assertThat(ended.names("Device")).hasSize(3).isEqualTo(a.beans().names("Device"));
        library.stop(b);

        assertThat(ended.names("*")).isEmpty();
        assertThat(a.beans().names("Metrics")).hasSize(5);
        assertThat(a.beans().names("Device")).hasSize(3);
    }

    private List<TestDevice> devices() {
        return List.of(a, b, c);
    }

    private List<TestDevice> others(TestDevice device) {
        return Stream.of(a, b, c).filter(other -> other != device).toList();
    }

    private static long operations(TestDevice device, String attribute) {
        return (long) device.beans().attribute("Metrics", "Operations", attribute);
    }

    private static long ofPeer(TestDevice device, TestDevice peer, String attribute) {
        return (long) device.beans().attribute("Device", peer.id().toString(), attribute);
    }
}
