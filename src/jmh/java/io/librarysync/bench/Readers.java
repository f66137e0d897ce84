package io.librarysync.bench;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelType;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.record.SyncRecorder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Whether those who read slow the one who records: one thread records changes while two hundred take the whole snapshot of
 * four devices and eight models, each once a second; in turns with those two hundred waking to do nothing. Argument: how many
 * pairs of turns there are (240).
 */
public final class Readers {
    private static final int PAIRS = 240;
    private static final int WARM_UP = 16;
    private static final Duration TURN = Duration.ofMillis(250);
    private static final int READERS = 200;
    private static final int READ_EVERY_MILLIS = 1_000;
    private static final int PEERS = 4;
    private static final int MODELS = 8;
    private static final int CALLS = 10_000;
    private static final long NANOS = 40_000;

    private final List<ModelType> models = Ours.models(MODELS);
    private final List<DeviceId> peers = Ours.peers(PEERS);
    private final SyncMetrics metrics = Ours.metrics(models, true);
    private final SyncRecorder recorder = metrics.recorder();
    private final LongAdder snapshots = new LongAdder();
    private volatile boolean reading;

    private Readers() {}

    /** What a call took in the mean, in nanoseconds, with readers and without, one right after the other. */
    private record Pair(double read, double unread) {}

    public static void main(String[] arguments) {
        int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : PAIRS;
        Readers readers = new Readers();
        ScheduledExecutorService threads = readers.start();
        try (PrintStream out =
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8)) {
            readers.measure(WARM_UP);
            readers.snapshots.reset();
            print(out, readers.measure(pairs), readers.snapshots.sum());
        } finally {
            threads.shutdownNow();
        }
    }

    private ScheduledExecutorService start() {
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(READERS);
        for (int reader = 0; reader < READERS; reader++) {
            long offset = (long) reader * READ_EVERY_MILLIS / READERS;
            var unused = threads.scheduleAtFixedRate(this::read, offset, READ_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
        return threads;
    }

    private void read() {
        if (reading) {
            metrics.snapshot();
            snapshots.increment();
        }
    }

    private List<Pair> measure(int pairs) {
        List<Pair> measured = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            boolean readFirst = i % 2 == 0;
            double first = nanosPerCall(readFirst);
            double second = nanosPerCall(!readFirst);
            measured.add(readFirst ? new Pair(first, second) : new Pair(second, first));
        }
        return measured;
    }

    private double nanosPerCall(boolean read) {
        reading = read;
        long calls = 0;
        long started = System.nanoTime();
        long elapsed = 0;
        while (elapsed < TURN.toNanos()) {
            record();
            calls += CALLS;
            elapsed = System.nanoTime() - started;
        }
        return (double) elapsed / calls;
    }

    private void record() {
        for (int turn = 0; turn < CALLS; turn++) {
            recorder.changeApplied(peers.get(turn % PEERS), models.get(turn % MODELS), NANOS, 1, 1);
        }
    }

    private static void print(PrintStream out, List<Pair> pairs, long snapshots) {
        out.printf(Locale.ROOT, "%n## recording while %d others take %,d snapshots, in turns%n%n", READERS, snapshots);
        Spreads spreads = Spreads.begin(out, "of %d pairs of turns".formatted(pairs.size()));
        spreads.row("change applied, ns, read by others", "%.1f", pairs.stream().mapToDouble(Pair::read));
        spreads.row("change applied, ns, read by nobody", "%.1f", pairs.stream().mapToDouble(Pair::unread));
        spreads.row("read / unread", "%.3f", pairs.stream().mapToDouble(pair -> pair.read / pair.unread));
    }
}
