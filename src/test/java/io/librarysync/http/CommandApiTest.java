package io.librarysync.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.http.ServedDevice.Answer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Command lines over HTTP. */
class CommandApiTest {
    private static final String PATH = "/api/sync/command?argument=sync&argument=a%20%26b";

    private final Path directory;
    private ServedDevice served;

    CommandApiTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void start() throws IOException {
        served = new ServedDevice(directory);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void whatTheCommandPrintsIsTheAnswer() throws Exception {
        Answer answer = served.get(PATH + "&directory=%2Ftmp&zone=Europe/Berlin&color=true&ascii=true");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("[sync, a &b] in /tmp, "
                        + "ScreenStyle[zone=Europe/Berlin, colour=true, unicode=false, recentErrors=10]\n");
    }

    @Test
    void whatIsNotForTheDeviceIsNotFound() throws Exception {
        assertThat(served.get("/api/sync/command?argument=stop").status()).isEqualTo(404);
        assertThat(served.get("/api/sync/command").status()).isEqualTo(404);
    }

    @Test
    void badParametersAreNamed() throws Exception {
        assertThat(served.get(PATH + "&zone=Mars").body()).contains("zone: no time zone is called");
        assertThat(served.get(PATH + "&dir=/tmp").status()).isEqualTo(400);
    }
}
