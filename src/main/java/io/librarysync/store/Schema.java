package io.librarysync.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of one database, as scripts that each lead to the next version: {@code <name>-1.sql}, {@code <name>-2.sql} and
 * so on, statements ended by semicolons that stand nowhere else.
 */
record Schema(String name, int version) {

    /** The library and everything that must change together with a row of it. */
    static final Schema LIBRARY = new Schema("library", 2);

    /** The history of the metrics: epochs, samples, whole snapshots; and events. */
    static final Schema METRICS = new Schema("metrics", 3);

    /** The same, of many devices. */
    static final Schema METRICS_ON_POSTGRESQL = new Schema("metrics-postgresql", 2);

    /** Brings a database to this version, all or nothing; one of a newer version is refused and not touched. */
    void migrate(Database database, String place) {
        long found = versionOf(database);
        refuseNewer(found, place);
        if (found < version) {
            database.write(() -> {
                database.dialect().lockSchema(database);
                for (long next = versionOf(database) + 1; next <= version; next++) {
                    statements(next).forEach(database::update);
                    database.dialect().setVersion(database, next);
                }
                return version;
            });
        }
    }

    /** Refuses a database that has not exactly this version. */
    void require(Database database, String place) {
        long found = versionOf(database);
        refuseNewer(found, place);
        if (found < version) {
            throw new UnusableDataException(place + " has schema version " + found + ", this program reads " + version
                    + "; start its device once, which brings it up to date");
        }
    }

    void refuseNewer(Database database, String place) {
        refuseNewer(versionOf(database), place);
    }

    private void refuseNewer(long found, String place) {
        if (found > version) {
            throw new UnusableDataException(place + " has schema version " + found + ", this program knows " + version
                    + "; use the newer program, nothing was touched");
        }
    }

    private static long versionOf(Database database) {
        return database.dialect().versionOf(database);
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
