package io.librarysync.store;

import io.librarysync.events.EventStore;
import io.librarysync.events.EventStoreContract;
import io.librarysync.metrics.Member;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class EventsOnServerTest extends EventStoreContract {
    private final String url = PostgresServer.emptySchema();
    private final Map<Member, MetricsDatabase> open = new HashMap<>();

    EventsOnServerTest() throws SQLException {}

    @Override
    protected EventStore store(Member device) {
        return open.computeIfAbsent(device, each -> MetricsDatabase.open(url, LIBRARY, each))
                .events();
    }

    @AfterEach
    void close() {
        open.values().forEach(MetricsDatabase::close);
    }
}
