package io.librarysync.store;

import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** What one kind of database says in its own way. */
enum Dialect {
    /** Instants are ISO-8601 text in UTC with milliseconds, so that they sort as text. */
    SQLITE("BEGIN IMMEDIATE", "BEGIN") {
        @Override
        long versionOf(Database database) {
            return database.number("PRAGMA user_version");
        }

        @Override
        void setVersion(Database database, long version) {
            database.update("PRAGMA user_version = " + version);
        }

        @Override
        void lockSchema(Database database) {
            // one transaction writes at a time
        }

        @Override
        Object instant(Instant instant) {
            return INSTANT.format(instant);
        }

        @Override
        Instant instant(Row row, int column) throws SQLException {
            return Instant.parse(row.text(column));
        }

        @Override
        String text(String text) {
            return text;
        }
    },

    POSTGRESQL("BEGIN", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") {
        @Override
        long versionOf(Database database) {
            return database.number("SELECT count(*) FROM pg_tables WHERE tablename = 'metrics_version'"
                                    + " AND schemaname = current_schema()")
                            == 0
                    ? 0
                    : database.number("SELECT version FROM metrics_version");
        }

        @Override
        void setVersion(Database database, long version) {
            database.update("UPDATE metrics_version SET version = ?", version);
        }

        @Override
        void lockSchema(Database database) {
            database.first("SELECT 1 FROM pg_advisory_xact_lock(?)", row -> row.number(1), SCHEMA_LOCK);
        }

        @Override
        Object instant(Instant instant) {
            return instant.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
        }

        @Override
        Instant instant(Row row, int column) throws SQLException {
            return row.value(column, OffsetDateTime.class).toInstant();
        }

        /** It has no place for the character 0. */
        @Override
        String text(String text) {
            return text.replace('\0', '\ufffd');
        }
    };

    private static final DateTimeFormatter INSTANT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
    private static final long SCHEMA_LOCK = 0x6c_6962_7379_6e63L;

    private final String beginWriting;
    private final String beginReading;

    Dialect(String beginWriting, String beginReading) {
        this.beginWriting = beginWriting;
        this.beginReading = beginReading;
    }

    /** Begins a transaction that may write. */
    String beginWriting() {
        return beginWriting;
    }

    /** Begins a transaction that sees one unchanging state. */
    String beginReading() {
        return beginReading;
    }

    /** The version of the tables; 0 if there are none. */
    abstract long versionOf(Database database);

    abstract void setVersion(Database database, long version);

    /** Keeps other processes from changing the tables until the transaction ends. */
    abstract void lockSchema(Database database);

    /** The value of a column of type TIMESTAMP. */
    abstract Object instant(Instant instant);

    abstract Instant instant(Row row, int column) throws SQLException;

    /** The text as it can be kept. */
    abstract String text(String text);
}
