package io.librarysync.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.export.PrometheusPage;
import io.librarysync.http.ServedDevice.Answer;
import io.librarysync.jmx.BeansFixture;
import io.librarysync.metrics.EpochKeeper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScrapeTest {
    private static final String ACCEPT_OF_A_SCRAPE =
            "Accept: application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.4,*/*;q=0.1";

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
    void aScrapeByNameAndPasswordGetsThePage() {
        String basic = Base64.getEncoder().encodeToString(("sd:" + served.token).getBytes(StandardCharsets.UTF_8));
        Answer answer =
                served.bare("GET", "/metrics", "", List.of("Host: " + served.host(), "Authorization: Basic " + basic));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head()).containsIgnoringCase("content-type: text/plain; version=0.0.4; charset=utf-8");
        PrometheusPage page = PrometheusPage.parse(answer.body());
        assertThat(page.value("librarysync_changes_applied_total")).isEqualTo(8);
        assertThat(page.value("librarysync_peer_changes_applied_total", "peer", BeansFixture.PEER))
                .isEqualTo(8);
    }

    @Test
    void whoeverTakesOpenMetricsGetsThat() {
        Answer answer = served.get("/metrics", ACCEPT_OF_A_SCRAPE);

        assertThat(answer.head())
                .containsIgnoringCase("content-type: application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(answer.body()).endsWith("# EOF\n");
        assertThat(PrometheusPage.parse(answer.body()).values())
                .isEqualTo(PrometheusPage.parse(served.get("/metrics").body()).values());
    }

    @Test
    void withoutTheTokenNoNameIsTold() {
        Answer answer = served.bare("GET", "/metrics", "", List.of("Host: " + served.host()));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.head() + answer.body()).doesNotContain("librarysync_", "laptop", "desktop");
    }

    @Test
    void aResetBreaksNoRate() {
        String before = served.get("/metrics").body();
        served.device.metrics.reset(EpochKeeper.NONE);

        assertThat(served.get("/api/sync/metrics")
                        .json()
                        .at("/operations/changes_applied")
                        .intValue())
                .isZero();
        assertThat(served.get("/metrics").body()).isEqualTo(before);
    }

    @Test
    void onlyReadingThePageAsAWholeIsAnswered() {
        assertThat(served.post("/metrics", "x").status()).isEqualTo(405);
        Answer answer = served.get("/metrics?peer=desktop");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").textValue()).startsWith("unknown parameter \"peer\"");
    }
}
