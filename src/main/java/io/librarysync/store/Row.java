package io.librarysync.store;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Hlc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The current row of a result, valid until the next one is read. Columns count from 1, as in JDBC. */
final class Row {
    private final ResultSet result;

    Row(ResultSet result) {
        this.result = result;
    }

    long number(int column) throws SQLException {
        return result.getLong(column);
    }

    int integer(int column) throws SQLException {
        return result.getInt(column);
    }

    boolean flag(int column) throws SQLException {
        return result.getInt(column) != 0;
    }

    String text(int column) throws SQLException {
        return result.getString(column);
    }

    UUID uuid(int column) throws SQLException {
        return UUID.fromString(text(column));
    }

    DeviceId device(int column) throws SQLException {
        return DeviceId.parse(text(column));
    }

    Hlc stamp(int column) throws SQLException {
        return Hlc.parse(text(column));
    }

    byte[] bytes(int column) throws SQLException {
        return result.getBytes(column);
    }

    @Nullable
    Long numberOrNull(int column) throws SQLException {
        long value = result.getLong(column);
        return result.wasNull() ? null : value;
    }

    @Nullable
    String textOrNull(int column) throws SQLException {
        return result.getString(column);
    }

    @Nullable
    UUID uuidOrNull(int column) throws SQLException {
        String text = textOrNull(column);
        return text == null ? null : UUID.fromString(text);
    }

    @Nullable
    Hlc stampOrNull(int column) throws SQLException {
        String text = textOrNull(column);
        return text == null ? null : Hlc.parse(text);
    }

    /** The value as SQLite holds it: a {@link Long}, a {@link Double}, a {@link String}, bytes or null. */
    @Nullable
    Object value(int column) throws SQLException {
        Object value = result.getObject(column);
        return value instanceof Integer number ? Long.valueOf(number) : value;
    }
}
