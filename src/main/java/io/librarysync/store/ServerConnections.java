package io.librarysync.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A PostgreSQL server, through a few connections. What the URL says of time limits goes before what is set here. */
final class ServerConnections implements MetricsConnections {
    private static final Pattern URL = Pattern.compile("jdbc:(postgresql:[^?]*)(\\?.*)?");
    private static final int CONNECTIONS = 2;
    private static final int CONNECT_SECONDS = 5;
    private static final int ANSWER_SECONDS = 10;
    private static final int MILLIS = 1_000;

    private final String name;
    private final HikariDataSource pool;
    private volatile boolean migrated;

    /** @param url what else than a JDBC URL of PostgreSQL is refused, without being repeated: it may hold a password */
    ServerConnections(String url) {
        this.name = nameOf(url);
        this.pool = pool(url);
    }

    private static String nameOf(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw unreadable();
        }
        return parts.group(1).replaceFirst("//[^/]*@", "//");
    }

    private static HikariDataSource pool(String url) {
        try {
            return new HikariDataSource(settings(url));
        } catch (RuntimeException e) {
            throw unreadable();
        }
    }

    private static IllegalArgumentException unreadable() {
        return new IllegalArgumentException("the database of a history is a JDBC URL such as"
                + " jdbc:postgresql://host:5432/name?user=NAME&password=WORD, and this one cannot be read");
    }

    private static HikariConfig settings(String url) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("history");
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(CONNECT_SECONDS * MILLIS);
        config.addDataSourceProperty("connectTimeout", CONNECT_SECONDS);
        config.addDataSourceProperty("loginTimeout", CONNECT_SECONDS);
        config.addDataSourceProperty("socketTimeout", ANSWER_SECONDS);
        config.addDataSourceProperty("tcpKeepAlive", true);
        config.addDataSourceProperty("ApplicationName", "library-sync");
        return config;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public <T> T write(Function<Database, T> work) {
        return use(database -> database.write(() -> work.apply(database)));
    }

    @Override
    public <T> T read(Function<Database, T> work) {
        return use(database -> database.read(() -> work.apply(database)));
    }

    private <T> T use(Function<Database, T> work) {
        try (Database database = connect()) {
            if (!migrated) {
                Schema.METRICS_ON_POSTGRESQL.migrate(database, name);
                migrated = true;
            }
            return work.apply(database);
        }
    }

    private Database connect() {
        if (pool.isClosed()) {
            throw new UnusableDataException(name + " is closed");
        }
        try {
            return new Database(pool.getConnection(), Dialect.POSTGRESQL, Untimed.INSTANCE);
        } catch (SQLTransientConnectionException e) {
            throw SqlFailures.translate(e.getCause() instanceof SQLException refusal ? refusal : e);
        } catch (SQLException e) {
            throw SqlFailures.translate(e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
