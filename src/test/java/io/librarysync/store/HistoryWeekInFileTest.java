package io.librarysync.store;

import io.librarysync.history.HistoryWeek;
import io.librarysync.history.SnapshotStore;
import io.librarysync.metrics.Member;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class HistoryWeekInFileTest extends HistoryWeek {
    private final Path directory;

    HistoryWeekInFileTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Override
    protected SnapshotStore open() {
        return MetricsDatabase.open(
                directory.resolve("metrics.db"),
                new Member("00000000-0000-4000-8000-0000000000bb", "My Library"),
                new Member("00000000-0000-4000-8000-0000000000aa", "MacBook"));
    }
}
