package io.librarysync.store;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Hlc;
import io.librarysync.domain.ModelType;
import io.librarysync.engine.LibraryModel;
import io.librarysync.engine.LibraryModels;
import io.librarysync.engine.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Function;
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

    boolean flag(int column) throws SQLException {
        return result.getInt(column) != 0;
    }

    String text(int column) throws SQLException {
        return result.getString(column);
    }

    byte[] bytes(int column) throws SQLException {
        return result.getBytes(column);
    }

    <T> T value(int column, Class<T> type) throws SQLException {
        return result.getObject(column, type);
    }

    UUID uuid(int column) throws SQLException {
        return parsed(text(column), UUID::fromString);
    }

    DeviceId device(int column) throws SQLException {
        return parsed(text(column), DeviceId::parse);
    }

    Hlc stamp(int column) throws SQLException {
        return parsed(text(column), Hlc::parse);
    }

    ModelType model(int column) throws SQLException {
        return modelCalled(text(column));
    }

    /** Two columns: the origin, and the model or an empty text. */
    Scope scope(int column) throws SQLException {
        String model = text(column + 1);
        return new Scope(device(column), model.isEmpty() ? null : modelCalled(model));
    }

    private static ModelType modelCalled(String name) {
        return LibraryModels.find(name).map(LibraryModel::type).orElse(ModelType.UNKNOWN);
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
        return text == null ? null : parsed(text, UUID::fromString);
    }

    @Nullable
    Hlc stampOrNull(int column) throws SQLException {
        String text = textOrNull(column);
        return text == null ? null : parsed(text, Hlc::parse);
    }

    /** The value that a text stands for; a text that stands for none is an {@link UnreadableRecordException}. */
    static <T> T parsed(String text, Function<String, T> parser) throws UnreadableRecordException {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException(String.valueOf(e.getMessage()));
        }
    }

    /** The value as SQLite holds it: a {@link Long}, a {@link Double}, a {@link String}, bytes or null. */
    @Nullable
    Object value(int column) throws SQLException {
        Object value = result.getObject(column);
        return value instanceof Integer number ? Long.valueOf(number) : value;
    }
}
