package io.librarysync.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Route;
import io.librarysync.http.ServedDevice.Answer;
import io.librarysync.jmx.BeansFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The past of a device that began at 11:00:00 and received 8 changes at once, 10 at 11:00:12 and 20 at 11:00:22. */
class HistoryApiTest {
    private static final DeviceId PEER = DeviceId.parse(BeansFixture.PEER);
    private static final ModelType ENTRY = ModelType.deviceOwned("entry");
    private static final String WINDOW = "&since=2026-02-03T11:00:02Z&until=2026-02-03T11:00:27Z&step=10s&zone=UTC";

    private ServedDevice served;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        served = new ServedDevice(directory);
        sample();
        for (int changes = 10; changes <= 20; changes += 10) {
            served.device.clock.advance(Duration.ofSeconds(10));
            receive(changes);
            sample();
        }
        served.device.clock.advance(Duration.ofSeconds(5));
        receive(3);
        sample();
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void jsonHasOnePointForEachStep() {
        Answer answer = served.get("/api/sync/history?metric=changes_received&metric=uptime_ms" + WINDOW);
        assertThat(answer.body())
                .isEqualTo(
                        """
                        {
                          "from" : "2026-02-03T11:00:02.000Z",
                          "to" : "2026-02-03T11:00:27.000Z",
                          "step_ms" : 10000,
                          "metrics" : [ "changes_received", "uptime_ms" ],
                          "points" : [ {
                            "from" : "2026-02-03T11:00:02.000Z",
                            "to" : "2026-02-03T11:00:12.000Z",
                            "complete" : true,
                            "values" : {
                              "changes_received" : 10,
                              "uptime_ms" : 12000
                            }
                          }, {
                            "from" : "2026-02-03T11:00:12.000Z",
                            "to" : "2026-02-03T11:00:22.000Z",
                            "complete" : true,
                            "values" : {
                              "changes_received" : 20,
                              "uptime_ms" : 22000
                            }
                          }, {
                            "from" : "2026-02-03T11:00:22.000Z",
                            "to" : "2026-02-03T11:00:27.000Z",
                            "complete" : true,
                            "values" : {
                              "changes_received" : 3,
                              "uptime_ms" : 27000
                            }
                          } ]
                        }
                        """);
    }

    @Test
    void aSingleMetricIsDrawnBesideTheTable() {
        assertThat(text("metric=changes_received" + WINDOW))
                .isEqualTo(
                        """
                        Sync History (every 10s, 2026-02-03 11:00:02 to 2026-02-03 11:00:27)
                          SINCE     changes_received
                          11:00:02                10  ████████████
                          11:00:12                20  ████████████████████████
                          11:00:22                 3  ███▋
                        """);
    }

    @Test
    void severalMetricsAreDrawnBelowTheTableWhereThatIsWanted() {
        assertThat(text("metric=operations.received_by_route.live&metric=bytes_sent&metric=apply_latency_ms&chart=true"
                        + WINDOW.replace("11:00:02", "11:00:00")))
                .isEqualTo(
                        """
                        Sync History (every 10s, 2026-02-03 11:00:00 to 2026-02-03 11:00:27)
                          SINCE     received_by_route.live  bytes_sent  apply_latency_ms.p95
                          11:00:00                       8         0 B                 2.0ms
                          11:00:02                      10         0 B                     –
                          11:00:12                      23         0 B                     –

                          received_by_route.live  ▃▄█
                          bytes_sent
                          apply_latency_ms.p95    █
                        """);
    }

    @Test
    void whereThereIsOnlyAsciiBarsAreOfNumberSigns() {
        assertThat(text("metric=changes_received&chart=true&ascii=true" + WINDOW))
                .isEqualTo(
                        """
                        Sync History (every 10s, 2026-02-03 11:00:02 to 2026-02-03 11:00:27)
                          SINCE     changes_received
                          11:00:02                10  ############
                          11:00:12                20  ########################
                          11:00:22                 3  ###

                          changes_received  =@:
                        """);
    }

    @Test
    void whatIsNotKnownIsNoZero() {
        assertThat(
                        text(
                                "metric=changes_received&since=2026-02-03T10:59:50Z&until=2026-02-03T11:00:20Z&step=10s&zone=UTC"))
                .isEqualTo(
                        """
                        Sync History (every 10s, 2026-02-03 10:59:50 to 2026-02-03 11:00:20)
                          SINCE     changes_received
                          10:59:50                 –                            earliest known
                          11:00:00                 8  ███████████████████▎
                          11:00:02                10  ████████████████████████
                        """);
    }

    @Test
    void csvHasAHeaderAndEmptyCellsForWhatIsNotKnown() {
        assertThat(served.get(
                                "/api/sync/history?metric=changes_received&metric=apply_latency_ms.count"
                                        + "&metric=apply_latency_ms.max" + WINDOW,
                                "Accept: text/csv")
                        .body())
                .isEqualTo(
                        """
                        from,to,complete,changes_received,apply_latency_ms.count,apply_latency_ms.max
                        2026-02-03T11:00:02.000Z,2026-02-03T11:00:12.000Z,true,10,0,
                        2026-02-03T11:00:12.000Z,2026-02-03T11:00:22.000Z,true,20,0,
                        2026-02-03T11:00:22.000Z,2026-02-03T11:00:27.000Z,true,3,0,
                        """);
    }

    @Test
    void aFilterRewritesEveryNumberOrLeavesItOut() {
        assertThat(text("metric=changes_received&metric=bytes_sent&model=tag" + WINDOW))
                .isEqualTo(
                        """
                        Sync History (every 10s, 2026-02-03 11:00:02 to 2026-02-03 11:00:27)
                          SINCE     changes_received  bytes_sent
                          11:00:02                 0           –
                          11:00:12                 0           –
                          11:00:22                 0           –

                        Not split by the filter: bytes_sent
                        """);
    }

    @Test
    void withoutAWindowTheLastHourIsShownByTheMinute() {
        var json = served.get("/api/sync/history?metric=changes_received").json();
        assertThat(json.path("step_ms").longValue()).isEqualTo(60_000);
        assertThat(json.path("points")).hasSize(60);
        assertThat(json.path("points")
                        .path(59)
                        .path("values")
                        .path("changes_received")
                        .longValue())
                .isEqualTo(41);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    metric=changes_aplied | metric: no number is called "changes_aplied"; there is changes_applied
                    metric=xyzzy | metric: no number is called "xyzzy"; names are those of: sd sync metrics --json
                    metric=current_state | metric: no number is called "current_state"; there is time_in_current_state_ms
                    metric=retry_exhausted | metric: "retry_exhausted" could be operations.retry_exhausted or lost.retry_exhausted
                    metric=entries_synced | metric: "entries_synced" has a number for each key; name one, such as entries_synced.KEY
                    metric=bytes_sent.x | metric: "bytes_sent.x" has no part of that name
                    metric=apply_latency_ms.p96 | metric: "apply_latency_ms.p96" has no part of that name; there is count, sum, min, avg, p50, p95, p99, max
                    metric=entries_by_device.x | metric: "entries_by_device.x" is several numbers; there is entries_received, records_sent
                    step=10s | metric: name at least one, such as changes_applied, bytes_sent or apply_latency_ms.p95
                    metric=bytes_sent&step=5s | step: 5 s is too short; samples are 10 s apart
                    metric=bytes_sent&step=often | step: cannot read "often"; try 10s, 90m, 1h30m, 2d
                    metric=bytes_sent&since=2d&step=1m | step: would be taken more than 2,000 times; try at least 87s
                    metric=bytes_sent&since=0s | since: 2026-02-03T11:00:27Z is not before 2026-02-03T11:00:27Z
                    metric=bytes_sent&model=entri | unknown model "entri"; known are entry, tag
                    """)
    void aQuestionThatMakesNoSenseIsRefused(String question, String why) {
        Answer answer = served.get("/api/sync/history?" + question);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").textValue()).isEqualTo(why);
    }

    @Test
    void epochsAreNumbered() {
        served.device.metrics.reset(served.device.history);
        assertThat(served.get("/api/sync/epochs?zone=UTC", "Accept: text/plain").body())
                .isEqualTo(
                        """
                        EPOCH  BEGAN                OPENED BY  ENDED                ENDED BY
                            1  2026-02-03 11:00:00  start      2026-02-03 11:00:27  reset
                            2  2026-02-03 11:00:27  reset      –                    lasts
                        """);
        var last = served.get("/api/sync/epochs").json().path("epochs").path(1);
        assertThat(last.path("number").intValue()).isEqualTo(2);
        assertThat(last.has("ended_at")).isFalse();
    }

    private String text(String question) {
        return served.get("/api/sync/history?" + question, "Accept: text/plain").body();
    }

    private void receive(int changes) {
        served.device.metrics.recorder().changesReceived(PEER, Route.LIVE, ModelTally.of(ENTRY, changes));
    }

    private void sample() {
        served.device.history.sample();
    }
}
