package io.librarysync.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.history.Epoch;
import io.librarysync.history.Mark;
import io.librarysync.history.Sample;
import io.librarysync.history.SnapshotStore;
import io.librarysync.history.StoredSnapshot;
import io.librarysync.history.Tier;
import io.librarysync.metrics.Member;
import io.librarysync.testing.RecordedEpoch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they write, again and again, into one file. */
class KilledWriterTest {
    private static final Member LIBRARY = new Member("library", "My Library");
    private static final Member DEVICE = new Member("device", "MacBook");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final int KILLS = 50;
    private static final int MOST_WRITTEN = 8;
    private static final long SEED = 20_261_125;

    private final Random random = new Random(SEED);
    private final Path directory;

    KilledWriterTest(@TempDir Path directory) {
        this.directory = directory;
    }

    /** A snapshot of which a process said that it is written. */
    private record Acknowledged(int run, long number, long id) {

        static Acknowledged parse(int run, String line) {
            String[] words = line.split(" ", -1);
            return new Acknowledged(run, Long.parseLong(words[0]), Long.parseLong(words[1]));
        }

        Instant takenAt() {
            return at(run, number);
        }
    }

    private static Instant at(int run, long number) {
        return NOON.plus(Duration.ofHours(run)).plusSeconds(number);
    }

    @Test
    void nothingThatWasAcknowledgedIsLost() throws IOException, InterruptedException {
        List<Acknowledged> all = new ArrayList<>();
        for (int run = 0; run < KILLS; run++) {
            List<Acknowledged> written = writeAndKill(run);
            assertIntact(written);
            all.addAll(written);
        }
        assertThat(all).hasSizeGreaterThanOrEqualTo(KILLS);
        assertIntact(all);
        assertThat(epochs()).hasSize(KILLS).allMatch(epoch -> epoch.endedBy() == Epoch.Ending.CRASH);
    }

    private List<Acknowledged> writeAndKill(int run) throws IOException, InterruptedException {
        return KilledProcess.lines(Writer.class, directory, 1 + random.nextInt(MOST_WRITTEN), Integer.toString(run))
                .stream()
                .map(line -> Acknowledged.parse(run, line))
                .toList();
    }

    private static SnapshotStore open(Path directory) {
        return MetricsDatabase.open(directory.resolve("metrics.db"), LIBRARY, DEVICE);
    }

    private List<Epoch> epochs() {
        try (SnapshotStore store = open(directory)) {
            return store.resume().epochs();
        }
    }

    private void assertIntact(List<Acknowledged> written) {
        try (SnapshotStore store = open(directory)) {
            for (Acknowledged each : written) {
                Mark mark = store.newest(each.takenAt(), null).orElseThrow();
                Sample sample = Objects.requireNonNull(mark.sample());
                assertThat(sample.number()).isEqualTo(each.number());
                assertThat(store.find(each.id())).contains(new StoredSnapshot(each.id(), each.takenAt(), text(sample)));
            }
        }
    }

    /** All numbers of a sample. */
    private static String text(Sample sample) {
        TreeMap<String, Long> numbers = new TreeMap<>();
        sample.frame().forEach((key, value) -> numbers.put(key.text(), value));
        return numbers.toString();
    }

    /** Writes one sample after the other and says the number and the snapshot id of each once it is written. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] arguments) {
            int run = Integer.parseInt(arguments[1]);
            SnapshotStore store = open(Path.of(arguments[0]));
            RecordedEpoch epoch =
                    new RecordedEpoch("run " + run, at(run, 0), store.resume().catalogue());
            store.write(List.of(epoch.begun()));
            for (long number = 1; !System.out.checkError(); number++) {
                epoch.taken(at(run, number), number % 5 == 1 ? Tier.LONG : Tier.SHORT);
                List<Long> ids = store.write(List.of(epoch.whole(text(epoch.last()))));
                System.out.println(number + " " + ids.get(0));
            }
        }
    }
}
