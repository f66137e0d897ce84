package io.librarysync.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.events.EventFilter;
import io.librarysync.events.EventQuery;
import io.librarysync.events.EventStore;
import io.librarysync.events.EventStoreContract;
import io.librarysync.metrics.Member;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsInFileTest extends EventStoreContract {
    private final Path file;
    private final Map<Member, MetricsDatabase> open = new HashMap<>();

    EventsInFileTest(@TempDir Path directory) {
        file = directory.resolve("metrics.db");
    }

    @Override
    protected EventStore store(Member device) {
        return open.computeIfAbsent(device, each -> MetricsDatabase.open(file, LIBRARY, each))
                .events();
    }

    @AfterEach
    void close() {
        open.values().forEach(MetricsDatabase::close);
    }

    @Test
    void aDeviceThatDoesNotRunCanBeAskedToo() {
        store(DEVICE).write(List.of());
        MetricsDatabase.Source source = MetricsDatabase.sources(file).get(0);
        try (MetricsDatabase offline = MetricsDatabase.openOffline(file, source)) {
            assertThat(offline.events().find(new EventQuery(EventFilter.ALL, false, 9, 0)))
                    .isEmpty();
        }
    }
}
