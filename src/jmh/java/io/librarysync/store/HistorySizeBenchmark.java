package io.librarysync.store;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.MessageType;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Route;
import io.librarysync.domain.SyncState;
import io.librarysync.export.SnapshotJson;
import io.librarysync.history.Entry;
import io.librarysync.history.Epoch;
import io.librarysync.history.History;
import io.librarysync.history.HistorySettings;
import io.librarysync.history.Mark;
import io.librarysync.history.Sample;
import io.librarysync.history.SnapshotStore;
import io.librarysync.history.Window;
import io.librarysync.metrics.EpochInfo;
import io.librarysync.metrics.Member;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.record.SyncRecorder;
import io.librarysync.testing.ManualClock;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

/**
 * How large a long history is, and how fast it is opened and searched. One run of a device with three others and eight
 * models, which takes a sample every 10 s, is recorded and then written as run after run, without pruning. Arguments: how
 * many samples (1,000,000) and where (a new temporary directory).
 */
final class HistorySizeBenchmark {
    private static final int RUN = 20_000;
    private static final int BATCH = 2_000;
    private static final int QUESTIONS = 1_000;
    private static final Duration STEP = Duration.ofSeconds(10);
    private static final Member LIBRARY = new Member(new UUID(1, 1).toString(), "Photos");
    private static final Member DEVICE = new Member(new UUID(2, 1).toString(), "MacBook");
    private static final List<ModelType> MODELS = List.of(
            ModelType.deviceOwned("volume"),
            ModelType.deviceOwned("location"),
            ModelType.deviceOwned("entry"),
            ModelType.shared("content_identity"),
            ModelType.shared("tag"),
            ModelType.shared("collection"),
            ModelType.shared("entry_tag"),
            ModelType.shared("device"));

    private final int samples;
    private final Path file;
    private final ManualClock clock = new ManualClock();
    private final Random random = new Random(1);

    private HistorySizeBenchmark(int samples, Path file) {
        this.samples = samples;
        this.file = file;
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        int samples = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        Path directory = arguments.length > 1 ? Path.of(arguments[1]) : Files.createTempDirectory("history");
        new HistorySizeBenchmark(samples, directory.resolve("metrics.db")).run();
    }

    private void run() throws IOException, SQLException {
        Instant begin = Instant.ofEpochMilli(clock.millis());
        List<Entry> recorded = record();
        Duration span = Duration.between(begin, Instant.ofEpochMilli(clock.millis()));
        long started = System.nanoTime();
        int runs = samples / RUN;
        try (SnapshotStore store = open()) {
            for (int run = 0; run < runs; run++) {
                write(store, new RepeatedRun("run " + run, span.multipliedBy(run)).of(recorded));
            }
        }
        print("filling, s", (System.nanoTime() - started) / 1e9);
        printSizes(recorded);
        printTimes(begin, span.multipliedBy(runs));
    }

    private SnapshotStore open() {
        return MetricsDatabase.open(file, LIBRARY, DEVICE);
    }

    private List<Entry> record() {
        List<Entry> entries = new ArrayList<>();
        SyncMetrics metrics = new SyncMetrics(LIBRARY, DEVICE, clock, MODELS, true);
        try (SnapshotStore store = listening(entries);
                History history = new History(
                        metrics, store, clock, HistorySettings.STANDARD, "run", SnapshotJson::compact, Runnable::run)) {
            history.begin(Runnable::run);
            connect(metrics.recorder());
            for (int i = 1; i <= RUN; i++) {
                clock.advance(STEP);
                work(metrics.recorder());
                history.sample();
                if (i % 100 == 0) {
                    history.writeSoon();
                }
            }
        }
        return entries;
    }

    private SnapshotStore listening(List<Entry> entries) {
        SnapshotStore store = MetricsDatabase.open(file.resolveSibling("recorded.db"), LIBRARY, DEVICE);
        return (SnapshotStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {SnapshotStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("write")) {
                        ((List<?>) arguments[0]).forEach(entry -> entries.add((Entry) entry));
                    }
                    return method.invoke(store, arguments);
                });
    }

    private static void write(SnapshotStore store, List<Entry> entries) {
        for (int from = 0; from < entries.size(); from += BATCH) {
            store.write(entries.subList(from, Math.min(entries.size(), from + BATCH)));
        }
    }

    /** The entries of a run as those of a later one. */
    private static final class RepeatedRun {
        private final String epoch;
        private final Duration later;
        private final IdentityHashMap<Sample, Sample> samples = new IdentityHashMap<>();

        private RepeatedRun(String epoch, Duration later) {
            this.epoch = epoch;
            this.later = later;
        }

        private List<Entry> of(List<Entry> recorded) {
            return recorded.stream().map(this::repeated).toList();
        }

        private Entry repeated(Entry entry) {
            if (entry instanceof Entry.Begun begun) {
                return new Entry.Begun(begunAt(begun.epoch()));
            }
            if (entry instanceof Entry.Ended ended) {
                return new Entry.Ended(begunAt(ended.epoch())
                        .ended(Objects.requireNonNull(ended.epoch().endedAt()).plus(later), Epoch.Ending.STOP));
            }
            Entry.Taken taken = (Entry.Taken) entry;
            return new Entry.Taken(repeated(taken.sample()), taken.transitions(), taken.errors(), taken.json());
        }

        private Epoch begunAt(Epoch other) {
            return Epoch.open(new EpochInfo(epoch, other.startedAt().plus(later), EpochInfo.START), epoch);
        }

        private Sample repeated(Sample sample) {
            Sample.Key key = new Sample.Key(
                    epoch,
                    sample.number(),
                    sample.takenAt().plus(later),
                    sample.key().stretch(),
                    sample.key().transitions(),
                    sample.key().errors());
            Sample base = sample.base() == null ? null : samples.get(sample.base());
            Sample repeated = new Sample(key, sample.tier(), base, sample.catalogue(), sample.difference());
            samples.put(sample, repeated);
            return repeated;
        }
    }

    private static List<DeviceId> peers() {
        return List.of(new DeviceId(new UUID(3, 1)), new DeviceId(new UUID(3, 2)), new DeviceId(new UUID(3, 3)));
    }

    private static void connect(SyncRecorder recorder) {
        peers().forEach(peer ->
                recorder.peerKnown(peer, "Device " + peer.toString().substring(35)));
        recorder.stateChanged(SyncState.UNINITIALIZED, SyncState.CATCHING_UP, "a partner came online");
        recorder.stateChanged(SyncState.CATCHING_UP, SyncState.READY, "caught up");
    }

    /** Heartbeats all the time, a few changes in every third interval. */
    private void work(SyncRecorder recorder) {
        for (DeviceId peer : peers()) {
            recorder.frameSent(peer, MessageType.HEARTBEAT, 120);
            recorder.frameReceived(peer, MessageType.HEARTBEAT, 118);
            recorder.heartbeatAnswered(peer, 300_000 + random.nextInt(900_000));
        }
        if (random.nextInt(3) == 0) {
            change(recorder, peers().get(random.nextInt(3)), MODELS.get(random.nextInt(MODELS.size())));
        }
    }

    private void change(SyncRecorder recorder, DeviceId peer, ModelType model) {
        int changes = 1 + random.nextInt(20);
        ModelTally tally = ModelTally.of(model, changes);
        recorder.frameReceived(peer, MessageType.STATE_BATCH, 90 * changes);
        recorder.changesReceived(peer, Route.LIVE, tally);
        for (int i = 0; i < changes; i++) {
            recorder.queryRun(20_000 + random.nextInt(60_000));
            recorder.changeApplied(peer, model, 100_000 + random.nextInt(2_000_000), clock.millis(), clock.millis());
        }
        recorder.changesCommitted(tally, null);
        recorder.batchDispatched(tally, clock.millis());
        recorder.batchAddressed(peer, tally, clock.millis());
        recorder.batchDelivered(peer, tally);
        recorder.batchSettled(1_000_000 + random.nextInt(9_000_000));
    }

    private void printSizes(List<Entry> recorded) throws IOException, SQLException {
        double kept = number("SELECT count(*) FROM metrics_samples");
        double whole = number("SELECT sum(length(snapshot_json)) FROM sync_metrics_snapshots");
        double plain = recorded.stream()
                .map(entry -> entry instanceof Entry.Taken taken ? taken.json() : null)
                .filter(Objects::nonNull)
                .mapToInt(String::length)
                .average()
                .orElseThrow();
        double perSample = Files.size(file) / kept;
        print("samples", kept);
        print("file, MiB", Files.size(file) / 1048576.0);
        print("bytes per sample, both tables", perSample);
        print("  of these whole snapshots", whole / kept);
        print("  of these differences", number("SELECT sum(length(data)) FROM metrics_samples") / kept);
        print("bytes of a snapshot as JSON", plain);
        print("times smaller", plain / perSample);
    }

    private double number(String sql) throws SQLException {
        return Double.parseDouble(SqliteFiles.rows(file, sql).get(0));
    }

    private void printTimes(Instant begin, Duration span) {
        List<Long> openings = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            long started = System.nanoTime();
            try (SnapshotStore store = open()) {
                store.resume();
                openings.add(System.nanoTime() - started);
            }
        }
        print("opening, ms", median(openings));
        List<Long> searches = new ArrayList<>();
        try (SnapshotStore store = open()) {
            for (int i = 0; i < QUESTIONS; i++) {
                long started = System.nanoTime();
                Instant time = begin.plusMillis((long) (random.nextDouble() * span.toMillis()));
                store.newest(time, null).map(Mark::sample).ifPresent(Sample::frame);
                searches.add(System.nanoTime() - started);
            }
        }
        print("newest sample at a random time, median ms", median(searches));
        print("newest sample at a random time, p99 ms", millis(searches.get(QUESTIONS * 99 / 100)));
        printWindows(begin, span);
    }

    /** What a device of a later run answers: the window, everything in it, and its text. */
    private void printWindows(Instant begin, Duration span) {
        SyncMetrics metrics = new SyncMetrics(LIBRARY, DEVICE, clock, MODELS, true);
        try (SnapshotStore store = open();
                History history = new History(
                        metrics,
                        store,
                        clock,
                        HistorySettings.STANDARD,
                        "asked",
                        SnapshotJson::compact,
                        Runnable::run)) {
            history.begin(Runnable::run);
            connect(metrics.recorder());
            Duration day = Duration.ofDays(1);
            print("--since a random time, median ms", median(answers(history, begin, span)));
            print(
                    "--since within a day, median ms",
                    median(answers(history, begin.plus(span).minus(day), day)));
        }
    }

    private List<Long> answers(History history, Instant begin, Duration span) {
        List<Long> answers = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            long started = System.nanoTime();
            Instant since = begin.plusMillis((long) (random.nextDouble() * span.toMillis()));
            SnapshotJson.compact(
                    history.capture(new Window.Between(since, null)).snapshot());
            answers.add(System.nanoTime() - started);
        }
        return answers;
    }

    private static double median(List<Long> nanos) {
        Collections.sort(nanos);
        return millis(nanos.get(nanos.size() / 2));
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    private static void print(String what, double value) {
        System.out.printf("%-45s %,14.2f%n", what, value);
    }
}
