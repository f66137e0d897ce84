package io.librarysync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.librarysync.history.Entry;
import io.librarysync.history.Epoch;
import io.librarysync.history.Mark;
import io.librarysync.history.SnapshotStore;
import io.librarysync.history.SnapshotStoreContract;
import io.librarysync.history.SnapshotStoreException;
import io.librarysync.history.Tier;
import io.librarysync.instrument.SeriesCatalogue;
import io.librarysync.metrics.ErrorEvent;
import io.librarysync.metrics.Member;
import io.librarysync.testing.RecordedEpoch;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsServerTest extends SnapshotStoreContract {
    private final String url = PostgresServer.emptySchema();

    MetricsServerTest() throws SQLException {}

    @Override
    protected SnapshotStore open(Member library, Member device) {
        return MetricsDatabase.open(url, library, device);
    }

    @Test
    void timestampsArePointsInTime() throws SQLException {
        RecordedEpoch epoch = epoch("a", NOON);
        store.write(List.of(epoch.begun(), epoch.taken(NOON.plusNanos(7_999_999), Tier.LONG, "{}")));

        assertThat(
                        rows(
                                "SELECT id, library_id, timestamp AT TIME ZONE 'UTC', snapshot_json FROM sync_metrics_snapshots"))
                .containsExactly("1|" + LIBRARY.id() + "|2026-01-01 12:00:00.007|{}");
        assertThat(store.lastTimestamp()).contains(NOON.plusMillis(7));
    }

    @Test
    void theCharacterThatTheServerCannotKeepIsReplaced() {
        RecordedEpoch epoch = epoch("a", NOON);
        Entry.Taken taken = epoch.takenAfter(0, 1, 1, minutes(1));
        ErrorEvent error = new ErrorEvent(1, "other", "nul: \0", null, null);

        store.write(List.of(epoch.begun(), new Entry.Taken(taken.sample(), List.of(), List.of(error), null)));

        assertThat(store.errors(new Mark(epoch.open(), null), new Mark(epoch.open(), taken.sample()), 9))
                .containsExactly(new ErrorEvent(1, "other", "nul: \ufffd", null, null));
    }

    @Test
    void devicesThatComeAtOnceMakeTheTablesOnce() {
        List<CompletableFuture<Void>> devices = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    try (SnapshotStore device = open(LIBRARY, new Member("device " + i, "Device"))) {
                        device.write(List.of(new RecordedEpoch("a", NOON, new SeriesCatalogue()).begun()));
                        assertThat(device.resume().epochs()).hasSize(1);
                    }
                }))
                .toList();

        devices.forEach(CompletableFuture::join);
    }

    @Test
    void aNewerSchemaIsRefusedByEachCallAndNotTouched() throws SQLException {
        store.resume();
        execute("UPDATE metrics_version SET version = 99");
        store.close();
        store = open(LIBRARY, DEVICE);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(store::epochs)
                    .isInstanceOf(SnapshotStoreException.class)
                    .hasMessageMatching(
                            "postgresql://localhost:\\d+/postgres has schema version 99, this program knows 2;"
                                    + " use the newer program, nothing was touched");
            assertThatThrownBy(store::resume).isInstanceOf(SnapshotStoreException.class);
        }
        execute("UPDATE metrics_version SET version = 2");
        assertThat(store.epochs()).isEmpty();
    }

    @Test
    void aServerThatIsDownOrLostFailsTheCallAndIsFoundAgainLater(@TempDir Path data) throws IOException {
        int port = freePort();
        SnapshotStore remote = MetricsDatabase.open(
                "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres&password=geheim", LIBRARY, DEVICE);
        RecordedEpoch epoch = epoch("a", NOON);
        assertUnreachable(remote, port);

        try (EmbeddedPostgres running = start(port, data)) {
            assertThat(running.getPort()).isEqualTo(port);
            remote.resume();
            remote.write(List.of(epoch.begun(), epoch.taken(minutes(1), Tier.LONG)));
        }
        assertUnreachable(remote, port);

        try (EmbeddedPostgres running = start(port, data)) {
            assertThat(running.getPort()).isEqualTo(port);
            remote.write(List.of(epoch.taken(minutes(2), Tier.SHORT), epoch.ended(Epoch.Ending.STOP)));
            assertThat(remote.last("a").map(Seen::of)).contains(Seen.of(epoch.last()));
            remote.close();
        }
    }

    private static void assertUnreachable(SnapshotStore remote, int port) {
        assertThatThrownBy(remote::resume)
                .isInstanceOf(SnapshotStoreException.class)
                .hasMessageStartingWith("postgresql://localhost:" + port + "/postgres: ")
                .message()
                .doesNotContain("\n", "geheim");
    }

    private static EmbeddedPostgres start(int port, Path data) {
        return PostgresServer.start(EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data.resolve("postgres"))
                .setCleanDataDirectory(false));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void whatIsNoUrlOfPostgresqlIsRefusedWithoutBeingRepeated() {
        for (String url :
                List.of("jdbc:mysql://host/db?password=geheim", "jdbc:postgresql://host:port/db?password=geheim")) {
            assertThatThrownBy(() -> MetricsDatabase.open(url, LIBRARY, DEVICE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("jdbc:postgresql://host:5432/name")
                    .message()
                    .doesNotContain("geheim");
        }
    }

    @Test
    void aClosedStoreSaysSo() {
        store.resume();
        store.close();
        store.close();

        assertThatThrownBy(store::epochs)
                .isInstanceOf(SnapshotStoreException.class)
                .hasMessageEndingWith(" is closed");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> rows(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return SqliteFiles.rows(result);
        }
    }
}
