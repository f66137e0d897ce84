package io.librarysync.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.testing.TestDevice;
import io.librarysync.testing.TestLibrary;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoDevicesTest {

    @Test
    void aHundredNewFilesAreCountedOncePerChange(@TempDir Path directory) {
        try (TestLibrary library = new TestLibrary(directory)) {
            TestDevice a = library.start("A");
            TestDevice b = library.start("B");
            library.connect(a, b);
            library.settle();
            a.addLocation();
            library.settle();
            a.addFiles(0, 100);
            library.settle();
            assertThat(b.store().contentDigests()).isEqualTo(a.store().contentDigests());
            assertThat(a.snapshot().operations().getBroadcastsSent()).isEqualTo(103);
            assertThat(b.snapshot().operations().getChangesApplied()).isEqualTo(103);
        }
    }
}
