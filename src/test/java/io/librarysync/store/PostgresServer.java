package io.librarysync.store;

import static org.junit.jupiter.api.Assumptions.abort;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One PostgreSQL server for all tests of this process; each test has a schema of its own in it. */
final class PostgresServer {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static @Nullable EmbeddedPostgres shared;

    private PostgresServer() {}

    /** Starts a server; where the binaries cannot run the test is skipped. */
    static EmbeddedPostgres start(EmbeddedPostgres.Builder builder) {
        try {
            return builder.start();
        } catch (IOException | IllegalStateException e) {
            return abort("an embedded PostgreSQL cannot be started here: " + e.getMessage());
        }
    }

    private static synchronized EmbeddedPostgres shared() {
        EmbeddedPostgres server = shared == null ? start(EmbeddedPostgres.builder()) : shared;
        shared = server;
        return server;
    }

    /** The URL of an empty schema. */
    static String emptySchema() throws SQLException {
        String schema = "test_" + SCHEMAS.incrementAndGet();
        execute("CREATE SCHEMA " + schema);
        return shared().getJdbcUrl("postgres", "postgres") + "&currentSchema=" + schema;
    }

    static void execute(String sql) throws SQLException {
        try (Connection connection = shared().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
