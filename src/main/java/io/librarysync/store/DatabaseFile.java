package io.librarysync.store;

import io.librarysync.engine.LibraryStore.StatementTimer;
import io.librarysync.engine.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * One SQLite file and how it is opened. It is looked at through a connection that cannot write before any other touches it,
 * so that a file this program must not use stays as it was.
 */
record DatabaseFile(Path path, Schema schema, SynchronousMode synchronous) {
    private static final int BUSY_MILLIS = 10_000;
    private static final int CACHE_KIB = 16 * 1024;

    /** The writing connection to a file that has been checked and brought to the version of its schema. */
    Database open(StatementTimer timer) {
        try {
            inspect();
            return migrated(new Database(connect(writing()), timer));
        } catch (SQLException | StoreException | IOException e) {
            throw new UnusableDataException("cannot open " + path + ": " + e.getMessage(), e);
        }
    }

    /** One more connection, which cannot write. */
    Database openForReading(StatementTimer timer) {
        try {
            return new Database(connect(reading()), timer);
        } catch (SQLException e) {
            throw SqlFailures.translate(e);
        }
    }

    private Database migrated(Database database) {
        try {
            schema.migrate(database);
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private void inspect() throws SQLException, IOException {
        if (Files.exists(path) && Files.size(path) > 0) {
            try (Database database = new Database(connect(reading()), Untimed.INSTANCE)) {
                refuseNewer(Schema.versionOf(database));
                refuseCorrupt(database.list("PRAGMA quick_check(1)", row -> row.text(1)));
            }
        }
    }

    private void refuseNewer(long found) {
        if (found > schema.version()) {
            throw new UnusableDataException(path + " has schema version " + found + ", this program knows "
                    + schema.version() + "; use the newer program, the file was not touched");
        }
    }

    private void refuseCorrupt(List<String> findings) {
        if (!findings.equals(List.of("ok"))) {
            String first = findings.isEmpty() ? "no answer" : findings.get(0).replace('\n', ' ');
            throw new UnusableDataException(path + " is corrupt (" + first + "); restore it from a copy or remove it");
        }
    }

    private Connection connect(SQLiteConfig config) throws SQLException {
        config.setBusyTimeout(BUSY_MILLIS);
        config.setCacheSize(-CACHE_KIB);
        Connection connection = config.createConnection("jdbc:sqlite:" + path);
        FoldedContains.install(connection);
        return connection;
    }

    private SQLiteConfig writing() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(synchronous);
        config.enforceForeignKeys(true);
        return config;
    }

    private static SQLiteConfig reading() {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return config;
    }
}
