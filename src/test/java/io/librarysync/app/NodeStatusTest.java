package io.librarysync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.cli.Assignment;
import io.librarysync.cli.StartRequest;
import io.librarysync.domain.DeviceId;
import io.librarysync.domain.EventLogAnswer;
import io.librarysync.domain.Fault;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.RefusalReason;
import io.librarysync.domain.SyncClock;
import io.librarysync.engine.LibraryModels;
import io.librarysync.engine.LibraryReader;
import io.librarysync.engine.LibraryStore;
import io.librarysync.engine.RecorderTimer;
import io.librarysync.engine.Stored;
import io.librarysync.events.EventQuery;
import io.librarysync.export.LibraryContent;
import io.librarysync.insight.Why;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.store.SqliteLibraryStore;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeStatusTest {
    private final SyncMetrics metrics = new SyncMetrics(
            new Member("l", "Photos"), new Member("d", "laptop"), SyncClock.system(), LibraryModels.types(), true);
    private final EngineStatements statements = new EngineStatements(new RecorderTimer(metrics.recorder()));
    private final LibraryStore library;
    private final NodeStatus status;

    NodeStatusTest(@TempDir Path directory) {
        NodeConfig config = NodeConfig.of(new StartRequest(
                directory,
                null,
                null,
                List.of(
                        new Assignment("name", "laptop", "--name"),
                        new Assignment("peers", "127.0.0.1:7801", "--peer"),
                        new Assignment("secret_file", "secret", "--secret-file")),
                List.of()));
        library = SqliteLibraryStore.open(directory.resolve("library.db"), statements);
        status = new NodeStatus(config, false, library, statements, metrics, new NodeStatus.Inquiry() {
            @Override
            public Why why(String of, ZoneId zone) {
                throw new IllegalArgumentException(of);
            }

            @Override
            public List<EventLogAnswer> eventsOfPeers(EventQuery query) {
                throw new IllegalStateException("nobody is there");
            }
        });
    }

    @AfterEach
    void close() {
        library.close();
    }

    @Test
    void aLookAtTheHealthIsNoStatementOfTheEngine() {
        long before = queries();
        assertThat(status.problems()).isEmpty();
        assertThat(queries()).isEqualTo(before);
        library.read(LibraryReader::clock);
        assertThat(queries()).isGreaterThan(before);
    }

    @Test
    void aLibraryThatCannotBeReadIsAProblem() {
        library.close();
        assertThat(status.problems()).containsExactly("the library cannot be read");
    }

    @Test
    void whoIsAloneIsToldThatAnotherLibraryDoesNotAnswer() {
        metrics.recorder().peerRefused(RefusalReason.WRONG_SECRET, null, new Fault("wrong_secret", "refused"));
        assertThat(status.whyAlone())
                .containsExactly(
                        "no device of this library answers at 127.0.0.1:7801; one with another library name or secret"
                                + " does not answer at all",
                        "refused once: wrong_secret");
    }

    @Test
    void whatTheLibraryHoldsIsNoStatementOfTheEngineEither() {
        DeviceId self = DeviceId.parse("00000000-0000-4000-8000-000000000001");
        DeviceId other = DeviceId.parse("00000000-0000-4000-8000-000000000002");
        library.inTransaction(changes -> {
            changes.putDevice(new Stored.Device(self, "laptop", true, true, 1, 1));
            changes.raiseWatermark(new Stored.Watermark(other, LibraryModels.ENTRY, 17, 1));
            return true;
        });
        long before = queries();
        LibraryContent content = status.content();
        assertThat(queries()).isEqualTo(before);
        assertThat(content.deviceId()).isEqualTo(self.toString());
        assertThat(content.heads()).isEqualTo(Map.of(other.toString(), Map.of("entry", 17L)));
        assertThat(content.digests().keySet())
                .containsExactlyElementsOf(
                        LibraryModels.types().stream().map(ModelType::name).toList());
    }

    private long queries() {
        return metrics.snapshot().performance().getDbQueryCount();
    }
}
