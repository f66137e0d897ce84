package io.librarysync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.app.RunningDevice.Ended;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that cannot start says why in one line and leaves everything as it was. */
class StartFailuresTest {
    private final Path directory;

    StartFailuresTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void anHttpPortInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            assertThat(start("--http", address))
                    .isEqualTo(failed(
                            1,
                            "http: cannot listen on %s: Address already in use; choose another port, or 0 for any"
                                    .formatted(address)));
        }
    }

    @Test
    void aSyncPortInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            assertThat(start("--listen", address).err())
                    .startsWith("sd: ")
                    .contains(address)
                    .hasLineCount(1);
        }
    }

    @Test
    void aJmxPortInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            assertThat(start("--jmx", address))
                    .isEqualTo(failed(
                            1,
                            "jmx: cannot listen on %s: Address already in use; choose another port, or 0 for any"
                                    .formatted(address)));
        }
    }

    @Test
    void aFolderInUse() throws IOException {
        try (RunningDevice first = RunningDevice.start(directory, "laptop")) {
            Ended second = start();
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.err())
                    .contains(directory + " is in use by another process")
                    .hasLineCount(1);
            assertThat(first.terminate()).isZero();
        }
    }

    @Test
    void aLibraryThatIsNoDatabase() throws IOException {
        new Identity(UUID.randomUUID(), "laptop", UUID.randomUUID(), "Photos").write(directory);
        Path library = Files.writeString(directory.resolve("library.db"), "this is no database, but it is long enough");
        Ended ended = start();
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).startsWith("sd: ").contains(library.toString()).hasLineCount(1);
        assertThat(library).hasContent("this is no database, but it is long enough");
    }

    @Test
    void aHistoryThatIsNoDatabaseIsALineAndStopsNothing() throws IOException {
        Path history = Files.writeString(directory.resolve("metrics.db"), "this is no database, but it is long enough");
        try (RunningDevice device = RunningDevice.start(directory, "laptop")) {
            assertThat(device.warning())
                    .startsWith("sd: sync goes on, but its history is not kept: ")
                    .contains(history.toString());
            assertThat(device.terminate()).isZero();
        }
        assertThat(history).hasContent("this is no database, but it is long enough");
    }

    @Test
    void aLocationThatIsNotThere() throws IOException {
        Path missing = directory.resolve("missing");
        assertThat(start("--location", missing.toString()))
                .isEqualTo(failed(1, "location: %s is no directory that can be read".formatted(missing)));
    }

    @Test
    void aLocationInItsOwnFolder() throws IOException {
        Path logs = Files.createDirectory(directory.resolve("own"));
        assertThat(start("--location", logs.toString()))
                .isEqualTo(failed(
                        1,
                        "location: %s is in the folder of the device itself, %s; choose another directory"
                                .formatted(logs, directory)));
    }

    @Test
    void aKnownLocationThatIsAwayStopsNothing(@TempDir Path disk) throws IOException {
        Path photos = Files.createDirectory(disk.resolve("photos"));
        startAndStop("--location", photos.toString());
        Files.delete(photos);
        startAndStop("--location", photos.toString());
    }

    @Test
    void aRefusedFirstStartChoosesNoLibrary(@TempDir Path elsewhere) throws IOException {
        assertThat(start("--listen", "0.0.0.0:0").exitCode()).isEqualTo(1);
        assertThat(directory.resolve("device.json")).doesNotExist();
        assertThat(directory.resolve("library.db")).doesNotExist();

        Path secret = Files.writeString(elsewhere.resolve("secret"), "a secret");
        try (RunningDevice device =
                RunningDevice.start(directory, "laptop", "--library", "Photos", "--secret-file", secret.toString())) {
            assertThat(device.libraryId())
                    .isEqualTo(Secret.of("a secret").libraryId("Photos").toString());
        }
    }

    @Test
    void aRefusedLaterStartKeepsTheLibrary() throws IOException {
        startAndStop();
        String identity = Files.readString(directory.resolve("device.json"));
        assertThat(start("--http", "192.0.2.1:0").exitCode()).isEqualTo(1);
        assertThat(directory.resolve("device.json")).hasContent(identity);
        assertThat(directory.resolve("library.db")).exists();
    }

    @Test
    void aLibraryWhoseIdentityIsMissing() throws IOException {
        startAndStop();
        Files.delete(directory.resolve("device.json"));
        assertThat(start())
                .isEqualTo(failed(
                        1,
                        ("%s: is missing, though library.db is there; put it back from a copy, or start with a new"
                                        + " --data folder")
                                .formatted(directory.resolve("device.json"))));
        assertThat(directory.resolve("device.json")).doesNotExist();
    }

    @Test
    void aFolderThatItMakesIsForItsOwnerOnly() throws IOException {
        Path made = directory.resolve("a/b");
        try (RunningDevice device = RunningDevice.start(made, "laptop")) {
            assertThat(Files.getPosixFilePermissions(made)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
            assertThat(device.terminate()).isZero();
        }
    }

    @Test
    void aSettingsFileThatIsNotThere() throws IOException {
        Path missing = directory.resolve("missing.properties");
        assertThat(start("--config", missing.toString()))
                .isEqualTo(failed(1, missing + ": cannot be read: there is no such file"));
    }

    @Test
    void aSettingNobodyKnows() throws IOException {
        assertThat(start("--set", "speed=high"))
                .isEqualTo(failed(2, "speed: no setting is called that (--set); sd config lists them"));
    }

    @Test
    void aSecretThatIsNotThere() throws IOException {
        Path missing = directory.resolve("secret");
        assertThat(start("--secret-file", missing.toString()))
                .isEqualTo(failed(
                        1, "secret_file: cannot read %s; it must hold the secret of the library".formatted(missing)));
    }

    private void startAndStop(String... flags) throws IOException {
        try (RunningDevice device = RunningDevice.start(directory, "laptop", flags)) {
            assertThat(device.terminate()).isZero();
        }
    }

    private Ended start(String... flags) throws IOException {
        return RunningDevice.run(
                RunningDevice.arguments(directory, "laptop", flags).toArray(String[]::new));
    }

    private static Ended failed(int exitCode, String message) {
        return new Ended(exitCode, "", "sd: " + message + "\n");
    }
}
