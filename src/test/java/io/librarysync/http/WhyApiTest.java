package io.librarysync.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.http.ServedDevice.Answer;
import io.librarysync.jmx.BeansFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhyApiTest {
    private static final String PATH = "/api/sync/why?of=%2Fphotos%2Fa%20b.jpg&zone=UTC";

    private ServedDevice served;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        served = new ServedDevice(directory);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void jsonIsTheDefault() {
        Answer answer = served.get(PATH);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"of\":\"/photos/a b.jpg\",\"zone\":\"UTC\"}\n");
    }

    @Test
    void theScreenLooksAsAskedFor() {
        assertThat(served.get(PATH + "&color=true&ascii=true", "Accept: text/plain")
                        .body())
                .isEqualTo("/photos/a b.jpg is here, "
                        + "ScreenStyle[zone=UTC, colour=true, unicode=false, recentErrors=10]\n");
    }

    @Test
    void whatNamesNoRecordIsWrongUsage() {
        Answer unknown = served.get("/api/sync/why?of=tag:none");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.body()).isEqualTo("{\"error\":\"of: no record of this library is tag:none\"}\n");
        assertThat(served.get("/api/sync/why").body())
                .isEqualTo("{\"error\":\"of: name a record by its uuid, an absolute path or tag:NAME\"}\n");
        assertThat(served.get("/api/sync/why?path=/photos/a").body())
                .isEqualTo("{\"error\":\"unknown parameter \\\"path\\\"; known are ascii, color, of, zone\"}\n");
    }

    @Test
    void aDeviceThatCannotSayIsUnavailable() {
        served.fail("the engine has stopped");
        Answer answer = served.get(PATH);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("{\"error\":\"it cannot be said now: the engine has stopped\"}\n");
    }

    @Test
    void nobodyIsToldWithoutTheToken() {
        assertThat(served.bare("GET", PATH, "", List.of("Host: " + served.host()))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void theBridgeLetsTheQuestionThrough() {
        String answer = served.jolokia("{\"type\":\"exec\",\"mbean\":\"io.librarysync:type=Control,library="
                        + BeansFixture.LIBRARY
                        + ",name=Sync\",\"operation\":\"why(java.lang.String)\",\"arguments\":[\"/photos/a.jpg\"]}")
                .json()
                .path("value")
                .textValue();
        assertThat(answer).isEqualTo("{\"of\":\"/photos/a.jpg\"}");
    }
}
