package io.librarysync.engine;

import io.librarysync.testing.TestDevice;
import io.librarysync.testing.TestLibrary;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One real device, connected to a peer that says and answers what a test wants. */
abstract class ScriptedPeerFixture {
    TestLibrary library;
    TestDevice device;
    ScriptedPeer peer;

    @BeforeEach
    void connect(@TempDir Path directory) {
        library = new TestLibrary(directory);
        device = library.start("A");
        peer = new ScriptedPeer(library, device);
        peer.connect();
    }

    @AfterEach
    void stop() {
        library.close();
    }
}
