package io.librarysync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryLockTest {
    private static final int TAKEN = 0;
    private static final int REFUSED = 3;

    private final Path directory;

    DataDirectoryLockTest(@TempDir Path parent) {
        this.directory = parent.resolve("device");
    }

    @Test
    void aDirectoryInUseIsRefusedUntilItIsReleased() {
        DataDirectoryLock lock = DataDirectoryLock.acquire(directory);

        assertThatThrownBy(() -> DataDirectoryLock.acquire(directory))
                .isInstanceOf(UnusableDataException.class)
                .hasMessage("data directory " + directory
                        + " is in use by another process; stop that one or choose another directory");

        lock.close();
        DataDirectoryLock.acquire(directory).close();
    }

    @Test
    void aSecondProcessIsRefusedUntilTheFirstReleases() throws Exception {
        DataDirectoryLock lock = DataDirectoryLock.acquire(directory);
        assertThat(exitCodeOfAnotherProcess()).isEqualTo(REFUSED);

        lock.close();
        assertThat(exitCodeOfAnotherProcess()).isEqualTo(TAKEN);
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsRefused() throws IOException {
        Files.writeString(directory, "not a directory");

        assertThatThrownBy(() -> DataDirectoryLock.acquire(directory))
                .isInstanceOf(UnusableDataException.class)
                .hasMessageStartingWith("cannot use data directory " + directory + ": ");
    }

    private int exitCodeOfAnotherProcess() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        directory.toString())
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Tries to take the directory it is given and tells by its exit code whether it could. */
    static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] arguments) {
            try {
                DataDirectoryLock.acquire(Path.of(arguments[0])).close();
                System.exit(TAKEN);
            } catch (UnusableDataException e) {
                System.exit(REFUSED);
            }
        }
    }
}
