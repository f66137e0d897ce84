package io.librarysync.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of one database, as scripts that each lead to the next version: {@code <name>-1.sql}, {@code <name>-2.sql} and
 * so on, statements ended by semicolons that stand nowhere else. The version a file has is its {@code user_version}.
 */
record Schema(String name, int version) {

    /** The library and everything that must change together with a row of it. */
    static final Schema LIBRARY = new Schema("library", 1);

    /** Stored snapshots and the epochs they belong to. */
    static final Schema METRICS = new Schema("metrics", 1);

    /** Brings an open file to this version, all or nothing. */
    void migrate(Database database) {
        database.write(() -> {
            for (long next = versionOf(database) + 1; next <= version; next++) {
                statements(next).forEach(database::update);
                database.update("PRAGMA user_version = " + next);
            }
            return version;
        });
    }

    static long versionOf(Database database) {
        return database.number("PRAGMA user_version");
    }

    private List<String> statements(long next) {
        List<String> statements = new ArrayList<>();
        for (String statement : script(name + "-" + next + ".sql").split(";", -1)) {
            if (!statement.isBlank()) {
                statements.add(statement.strip());
            }
        }
        return statements;
    }

    private static String script(String file) {
        try (InputStream in = Schema.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("there is no script " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
