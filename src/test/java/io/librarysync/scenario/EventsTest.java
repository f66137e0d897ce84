package io.librarysync.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.engine.EngineConfig;
import io.librarysync.engine.EngineKey;
import io.librarysync.events.SyncEvent;
import io.librarysync.events.SyncEventType;
import io.librarysync.metrics.EpochKeeper;
import io.librarysync.metrics.Member;
import io.librarysync.testing.Invariants;
import io.librarysync.testing.TestDevice;
import io.librarysync.testing.TestLibrary;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What devices tell of their work, event by event. */
class EventsTest {
    private TestLibrary library;
    private TestDevice a;

    @BeforeEach
    void startBoth(@TempDir Path directory) {
        library = new TestLibrary(directory, EngineConfig.defaults().with(EngineKey.BACKFILL_BATCH_SIZE, 20), true);
        a = library.start("A");
    }

    @AfterEach
    void stopAll() {
        library.close();
    }

    @Test
    void aBackfillTellsItsStoryOnBothDevicesUnderOneId() {
        a.addLocation();
        a.addFiles(0, 30);
        a.addTag("red");
        library.settle();
        TestDevice b = library.start("B");
        library.connect(a, b);
        library.settle();

        String session = String.valueOf(
                b.events(SyncEventType.BACKFILL_SESSION_STARTED).get(0).correlation());
        assertThat(story(b, session))
                .containsExactly(
                        "peer_selected: candidates by score: A 110",
                        "backfill_session_started: pulls what this device lacks",
                        "backfill_request_sent: asks for a page of shared changes",
                        "backfill_request_sent: asks for a page of shared changes",
                        "backfill_request_sent: asks for a page of volume",
                        "backfill_request_sent: asks for a page of location",
                        "backfill_request_sent: asks for a page of entry",
                        "backfill_request_sent: asks for a page of entry",
                        "batch_ingestion: 1 tag record applied",
                        "batch_ingestion: 1 volume record applied",
                        "batch_ingestion: 1 location record applied",
                        "batch_ingestion: 31 entry records applied",
                        "backfill_session_completed: 34 records");
        assertThat(story(a, session))
                .containsExactly(
                        "backfill_request_received: is asked for a page of shared changes",
                        "backfill_response_sent: a page of 1 change",
                        "backfill_request_received: is asked for a page of shared changes",
                        "backfill_response_sent: a page of 0 changes",
                        "backfill_request_received: is asked for a page of volume",
                        "backfill_response_sent: a page of 1 change",
                        "backfill_request_received: is asked for a page of location",
                        "backfill_response_sent: a page of 1 change",
                        "backfill_request_received: is asked for a page of entry",
                        "backfill_response_sent: a page of 20 changes",
                        "backfill_request_received: is asked for a page of entry",
                        "backfill_response_sent: a page of 11 changes");
        assertThat(b.events(SyncEventType.BATCH_INGESTION))
                .allSatisfy(event -> assertThat(event.peer()).isEqualTo(new Member(a.id().toString(), "A")));
        Invariants.check(library);
    }

    @Test
    void nothingHappensWhileMetricsAreOff() {
        TestDevice b = library.start("B");
        library.connect(a, b);
        library.settle();
        b.metrics().disable(EpochKeeper.NONE);
        long last = b.events().journal().last();
        a.addLocation();
        library.disconnect(a, b);
        library.connect(a, b);
        library.settle();

        assertThat(b.events().journal().last()).isEqualTo(last);
        assertThat(types(b)).endsWith("epoch_closed", "metrics_disabled");

        b.metrics().enable(EpochKeeper.NONE);
        library.disconnect(a, b);
        assertThat(types(b)).endsWith("metrics_disabled", "metrics_enabled", "peer_disconnected");
        assertThat(b.events(SyncEventType.PEER_DISCONNECTED).get(0).peer())
                .isEqualTo(new Member(a.id().toString(), "A"));
    }

    private static List<String> story(TestDevice device, String session) {
        return device.events().journal().recent().stream()
                .filter(event -> session.equals(event.correlation()))
                .map(EventsTest::line)
                .toList();
    }

    private static List<String> types(TestDevice device) {
        return device.events().journal().recent().stream()
                .map(event -> event.type().label())
                .toList();
    }

    private static String line(SyncEvent event) {
        return event.type().label() + ": " + event.summary();
    }
}
