package io.librarysync.store;

import io.librarysync.engine.LibraryStore.StatementTimer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one database, and the only place where a statement is prepared, bound, timed and run. Statements are
 * kept prepared under their text, so texts must come from a fixed set. Not thread-safe.
 */
final class Database implements AutoCloseable {
    private final Connection connection;
    private final Dialect dialect;
    private final StatementTimer timer;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Database(Connection connection, Dialect dialect, StatementTimer timer) {
        this.connection = connection;
        this.dialect = dialect;
        this.timer = timer;
    }

    /** Makes one value of the current row. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Row row) throws SQLException;
    }

    /** Takes the current row. */
    @FunctionalInterface
    interface Visitor {
        void visit(Row row) throws SQLException;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Runs a statement without result and returns the number of rows it changed. */
    int update(String sql, @Nullable Object... arguments) {
        return run(sql, arguments, PreparedStatement::executeUpdate);
    }

    /** Runs a statement without result once for each of {@code rows}, which are its arguments. */
    void updateAll(String sql, List<@Nullable Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        run(sql, new Object[0], statement -> {
            for (@Nullable Object[] row : rows) {
                bind(statement, row).addBatch();
            }
            return statement.executeBatch();
        });
    }

    /** Hands every row of a result to {@code visitor}, one at a time, and returns how many there were. */
    int each(String sql, Visitor visitor, @Nullable Object... arguments) {
        return run(sql, arguments, statement -> {
            try (ResultSet result = statement.executeQuery()) {
                return visitAll(result, visitor);
            }
        });
    }

    private static int visitAll(ResultSet result, Visitor visitor) throws SQLException {
        Row row = new Row(result);
        int rows = 0;
        while (result.next()) {
            visitor.visit(row);
            rows++;
        }
        return rows;
    }

    <T> List<T> list(String sql, Reader<T> reader, @Nullable Object... arguments) {
        List<T> rows = new ArrayList<>();
        each(sql, row -> rows.add(reader.read(row)), arguments);
        return rows;
    }

    /** The first row, if there is one. */
    <T> Optional<T> first(String sql, Reader<T> reader, @Nullable Object... arguments) {
        return run(sql, arguments, statement -> {
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? Optional.of(reader.read(new Row(result))) : Optional.empty();
            }
        });
    }

    /** The number in the first column of the first row; 0 if there is none or it is NULL. */
    long number(String sql, @Nullable Object... arguments) {
        return first(sql, row -> row.number(1), arguments).orElse(0L);
    }

    /** Runs {@code work} as one transaction that may write; it commits unless {@code work} fails. */
    <T> T write(Supplier<T> work) {
        return transaction(dialect.beginWriting(), work);
    }

    /** Runs {@code work} on one unchanging state of the database. */
    <T> T read(Supplier<T> work) {
        return transaction(dialect.beginReading(), work);
    }

    private <T> T transaction(String begin, Supplier<T> work) {
        update(begin);
        try {
            T result = work.get();
            update("COMMIT");
            return result;
        } catch (RuntimeException | Error e) {
            undo(e, "ROLLBACK");
            throw e;
        }
    }

    private void undo(Throwable cause, String sql) {
        try {
            update(sql);
        } catch (RuntimeException e) {
            cause.addSuppressed(e); // some failures end the transaction by themselves
        }
    }

    /** Runs {@code work} inside the open transaction; what it wrote is undone if it fails. They do not nest. */
    void savepoint(Runnable work) {
        update("SAVEPOINT change");
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            undo(e, "ROLLBACK TO change");
            undo(e, "RELEASE change");
            throw e;
        }
        update("RELEASE change");
    }

    private <T> T run(String sql, @Nullable Object[] arguments, Execution<T> execution) {
        long started = timer.started();
        try {
            return execution.run(bind(prepare(sql), arguments));
        } catch (SQLException e) {
            discard(sql, e);
            throw SqlFailures.translate(e);
        } finally {
            timer.ended(started);
        }
    }

    @FunctionalInterface
    private interface Execution<T> {
        T run(PreparedStatement statement) throws SQLException;
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        return statement;
    }

    /** A statement that failed is prepared anew the next time: the driver may have closed it. */
    private void discard(String sql, SQLException cause) {
        PreparedStatement failed = prepared.remove(sql);
        if (failed == null) {
            return;
        }
        try {
            failed.close();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private PreparedStatement bind(PreparedStatement statement, @Nullable Object[] arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            bind(statement, i + 1, arguments[i]);
        }
        return statement;
    }

    private void bind(PreparedStatement statement, int at, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(at, Types.NULL);
        } else if (value instanceof Boolean flag) {
            statement.setInt(at, flag ? 1 : 0);
        } else if (value instanceof Number number) {
            statement.setLong(at, number.longValue());
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(at, bytes);
        } else if (value instanceof OffsetDateTime instant) {
            statement.setObject(at, instant);
        } else {
            statement.setString(at, dialect.text(value.toString()));
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw SqlFailures.translate(e);
        }
    }
}
