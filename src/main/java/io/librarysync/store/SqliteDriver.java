package io.librarysync.store;

import org.sqlite.SQLiteJDBCLoader;

/** The library of SQLite. */
public final class SqliteDriver {

    private SqliteDriver() {}

    /** Unpacks and loads it, which the first database that is opened does else. */
    public static void load() throws Exception {
        SQLiteJDBCLoader.initialize();
    }
}
