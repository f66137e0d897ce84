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
 *
 * @param checkedWhole whether every page is read when the file is opened
 * @param busyMillis how long to wait for another process that writes
 */
record DatabaseFile(Path path, Schema schema, SynchronousMode synchronous, boolean checkedWhole, int busyMillis) {
    private static final int BUSY_MILLIS = 10_000;
    private static final int CACHE_KIB = 16 * 1024;
    private static final int LOG_PAGES = 8_192;

    /** The file that sync depends on. */
    static DatabaseFile ofLibrary(Path path) {
        return new DatabaseFile(path, Schema.LIBRARY, SynchronousMode.FULL, true, BUSY_MILLIS);
    }

    /** A file that grows large, and that sync does without. */
    static DatabaseFile ofMetrics(Path path) {
        return new DatabaseFile(path, Schema.METRICS, SynchronousMode.NORMAL, false, BUSY_MILLIS);
    }

    /** The writing connection to a file that has been checked and brought to the version of its schema. */
    Database open(StatementTimer timer) {
        try {
            inspect();
            return migrated(database(connect(url(), writing()), timer));
        } catch (SQLException | StoreException | IOException e) {
            throw cannotOpen(e);
        }
    }

    /** One more connection, which cannot write. */
    Database openForReading(StatementTimer timer) {
        try {
            return database(connect(url(), reading()), timer);
        } catch (SQLException e) {
            throw SqlFailures.translate(e);
        }
    }

    /** A connection to the file of a device that does not run; nothing is written, not even beside it. */
    Database openOffline() {
        if (!Files.isRegularFile(path)) {
            throw new UnusableDataException(path + ": there is no such file");
        }
        try {
            return required(database(connect(offlineUrl(), reading()), Untimed.INSTANCE));
        } catch (SQLException | StoreException e) {
            throw cannotOpen(e);
        }
    }

    private UnusableDataException cannotOpen(Exception cause) {
        return new UnusableDataException("cannot open " + path + ": " + cause.getMessage(), cause);
    }

    private static Database database(Connection connection, StatementTimer timer) {
        return new Database(connection, Dialect.SQLITE, timer);
    }

    private Database migrated(Database database) {
        return closedUnless(database, () -> schema.migrate(database, path.toString()));
    }

    private Database required(Database database) {
        return closedUnless(database, () -> schema.require(database, path.toString()));
    }

    private static Database closedUnless(Database database, Runnable succeeds) {
        try {
            succeeds.run();
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private void inspect() throws SQLException, IOException {
        if (Files.exists(path) && Files.size(path) > 0) {
            try (Database database = database(connect(url(), reading()), Untimed.INSTANCE)) {
                schema.refuseNewer(database, path.toString());
                if (checkedWhole) {
                    refuseCorrupt(database.list("PRAGMA quick_check(1)", row -> row.text(1)));
                }
            }
        }
    }

    private void refuseCorrupt(List<String> findings) {
        if (!findings.equals(List.of("ok"))) {
            String first = findings.isEmpty() ? "no answer" : findings.get(0).replace('\n', ' ');
            throw new UnusableDataException(path + " is corrupt (" + first + "); " + remedy());
        }
    }

    /** Without its library a device would hand out its numbers again, and peers would refuse it. */
    private String remedy() {
        return schema.equals(Schema.METRICS)
                ? "remove it, only past metrics are lost"
                : "start with a new --data folder to join as a new device, or put back a copy of the whole folder if"
                        + " nothing was synced since it was made";
    }

    private String url() {
        return "jdbc:sqlite:" + path;
    }

    /** A log beside the file has to be read with it; without one, the file is all there is and no lock is needed. */
    private String offlineUrl() {
        boolean complete = Files.notExists(path.resolveSibling(path.getFileName() + "-wal"));
        return complete ? "jdbc:sqlite:file:" + path.toUri().getRawPath() + "?immutable=1" : url();
    }

    private Connection connect(String url, SQLiteConfig config) throws SQLException {
        config.setBusyTimeout(busyMillis);
        config.setCacheSize(-CACHE_KIB);
        Connection connection = config.createConnection(url);
        FoldedContains.install(connection);
        return connection;
    }

    private SQLiteConfig writing() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(synchronous);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(LOG_PAGES));
        config.enforceForeignKeys(true);
        return config;
    }

    private static SQLiteConfig reading() {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return config;
    }
}
