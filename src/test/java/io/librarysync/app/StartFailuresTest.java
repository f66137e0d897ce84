package io.librarysync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.app.RunningDevice.Ended;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Path library = Files.writeString(directory.resolve("library.db"), "this is no database, but it is long enough");
        Ended ended = start();
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).startsWith("sd: ").contains(library.toString()).hasLineCount(1);
        assertThat(library).hasContent("this is no database, but it is long enough");
    }

    @Test
    void aLocationThatIsNotThere() throws IOException {
        Path missing = directory.resolve("missing");
        assertThat(start("--location", missing.toString()))
                .isEqualTo(failed(1, "location: %s is no directory that can be read".formatted(missing)));
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

    private Ended start(String... flags) throws IOException {
        return RunningDevice.run(
                RunningDevice.arguments(directory, "laptop", flags).toArray(String[]::new));
    }

    private static Ended failed(int exitCode, String message) {
        return new Ended(exitCode, "", "sd: " + message + "\n");
    }
}
