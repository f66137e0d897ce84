package io.librarysync.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.SyncClock;
import io.librarysync.events.EventBook;
import io.librarysync.events.EventId;
import io.librarysync.events.EventLog;
import io.librarysync.events.EventReplay;
import io.librarysync.events.EventReplay.Missed;
import io.librarysync.events.EventRetention;
import io.librarysync.events.SyncEvents;
import io.librarysync.metrics.Member;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they write events, again and again, into one file. */
class KilledEventWriterTest {
    private static final Member LIBRARY = new Member("library", "My Library");
    private static final Member DEVICE = new Member("device", "MacBook");
    private static final EventLog.Settings SETTINGS =
            new EventLog.Settings(10_000, new EventRetention(Duration.ofDays(7), 100_000));
    private static final int KILLS = 8;
    private static final int MOST_WRITTEN = 8;
    private static final long SEED = 20_261_126;

    private final Random random = new Random(SEED);
    private final Path directory;

    KilledEventWriterTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void noEventThatWasWrittenIsLostAndNoNumberIsMissingUnsaid() throws IOException, InterruptedException {
        Map<String, Long> acknowledged = new LinkedHashMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            String run = "run " + kill;
            List<String> lines = KilledProcess.lines(Writer.class, directory, 1 + random.nextInt(MOST_WRITTEN), run);
            acknowledged.put(run, Long.parseLong(lines.get(lines.size() - 1)));
        }

        Map<String, List<Long>> kept = new LinkedHashMap<>();
        List<Missed> lost = new ArrayList<>();
        for (Missed missed : replay(new EventId("run 0", 1))) {
            if (missed instanceof Missed.Event told) {
                EventId id = told.event().id();
                kept.computeIfAbsent(id.run(), run -> new ArrayList<>(run.equals("run 0") ? List.of(1L) : List.of()))
                        .add(id.sequence());
            } else {
                lost.add(missed);
            }
        }
        assertThat(lost)
                .isEqualTo(kept.entrySet().stream()
                        .map(run -> new Missed.Lost(run.getKey(), run.getValue().size() + 1, null))
                        .toList());
        assertThat(kept.keySet()).containsExactlyElementsOf(acknowledged.keySet());
        kept.forEach((run, numbers) -> {
            assertThat(numbers)
                    .as(run)
                    .hasSizeGreaterThanOrEqualTo(Math.toIntExact(acknowledged.getOrDefault(run, 0L)));
            for (int i = 0; i < numbers.size(); i++) {
                assertThat(numbers.get(i)).as(run).isEqualTo(i + 1);
            }
        });
    }

    /** What the next run tells whoever knows one event of the first. */
    private List<Missed> replay(EventId last) {
        List<Missed> all = new ArrayList<>();
        try (MetricsDatabase database = open(directory)) {
            SyncEvents next = new SyncEvents(DEVICE, SyncClock.system(), "the next run", 10, true);
            EventReplay replay = new EventReplay(new EventBook(next.journal(), database.events()), last, event -> {});
            for (List<Missed> page = replay.next(); !page.isEmpty(); page = replay.next()) {
                all.addAll(page);
            }
        }
        return all;
    }

    private static MetricsDatabase open(Path directory) {
        return MetricsDatabase.open(directory.resolve("metrics.db"), LIBRARY, DEVICE);
    }

    /** Writes a few events at a time and says the number of the last one once it is written. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] arguments) {
            DeviceId peer = new DeviceId(new UUID(0, 1));
            SyncEvents events = new SyncEvents(DEVICE, SyncClock.system(), arguments[1], 10, true);
            EventLog log = new EventLog(
                    open(Path.of(arguments[0])).events(), SyncClock.system(), SETTINGS, () -> {}, why -> {});
            events.journal().join(log);
            while (!System.out.checkError()) {
                for (int i = 0; i < 7; i++) {
                    events.recorder().peerConnected(peer);
                }
                log.write();
                System.out.println(events.journal().last());
            }
        }
    }
}
