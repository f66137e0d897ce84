package io.librarysync.bench;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.MessageType;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Route;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.record.SyncRecorder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What the books take of the heap, by what was added to them: a hundred models that moved, a device that was heard of, a
 * model that moved on the link to a device. Eight threads record; a row says whether each thing was recorded by one of them,
 * as in a device, where one thread applies what comes in, or by all of them.
 *
 * <p>Figures are differences of the used heap after collections, of several systems that are filled in the same way, and the
 * least of several measurements. Argument: of how many (3).
 */
public final class Memory {
    private static final int THREADS = 8;
    private static final int SYSTEMS = 8;
    private static final int MODELS = 100;
    private static final int DEVICES = 1_000;
    private static final int MODELS_PER_DEVICE = 8;
    private static final int ROUNDS = 3;
    private static final long NANOS = 40_000;

    private final List<ModelType> models = Ours.models(MODELS);
    private final List<DeviceId> peers = Ours.peers(DEVICES);

    private final int rounds;

    private Memory(int rounds) {
        this.rounds = rounds;
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : ROUNDS;
        try (PrintStream out =
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8)) {
            new Memory(rounds).table(out);
        }
    }

    private void table(PrintStream out) throws Exception {
        out.printf("%n## memory, bytes of heap at %d recording threads%n%n", THREADS);
        out.println("| | each by one thread | each by all of them |");
        out.println("|---|---|---|");
        row(out, "a hundred models that moved", new Filled(0, this::begin), new Filled(MODELS, this::moveModels), 1);
        row(
                out,
                "a device that was heard of",
                new Filled(MODELS, this::begin),
                new Filled(MODELS, this::meetDevices),
                DEVICES);
        row(
                out,
                "a model that moved on the link to a device",
                new Filled(MODELS, this::meetDevices),
                new Filled(MODELS, this::movePairs),
                DEVICES * MODELS_PER_DEVICE);
    }

    /** What one of the threads does to a system. */
    private interface Task {
        void run(SyncMetrics metrics, int thread, boolean all);
    }

    /** A system of so many models, and what all threads do to it. */
    private record Filled(int models, Task task) {}

    private void row(PrintStream out, String what, Filled without, Filled with, int count) throws Exception {
        out.printf(
                Locale.ROOT,
                "| %s | %,.0f | %,.0f |%n",
                what,
                (bytes(with, false) - bytes(without, false)) / count,
                (bytes(with, true) - bytes(without, true)) / count);
    }

    /** The least of several measurements. */
    private double bytes(Filled filled, boolean all) throws Exception {
        double least = Double.MAX_VALUE;
        for (int round = 0; round < rounds; round++) {
            least = Math.min(least, bytesOnce(filled, all));
        }
        return least;
    }

    private double bytesOnce(Filled filled, boolean all) throws Exception {
        long before = Heap.used();
        List<SyncMetrics> systems = new ArrayList<>();
        for (int system = 0; system < SYSTEMS; system++) {
            systems.add(Ours.metrics(models.subList(0, filled.models), true));
        }
        List<ExecutorService> threads = Stream.generate(Executors::newSingleThreadExecutor)
                .limit(THREADS)
                .toList();
        try {
            for (int thread = 0; thread < THREADS; thread++) {
                int index = thread;
                threads.get(thread)
                        .submit(() -> systems.forEach(each -> filled.task.run(each, index, all)))
                        .get();
            }
            return (Heap.used() - before) / (double) SYSTEMS;
        } finally {
            Reference.reachabilityFence(systems);
            threads.forEach(ExecutorService::shutdown);
        }
    }

    private void begin(SyncMetrics metrics, int thread, boolean all) {
        metrics.recorder().logAppended(1);
    }

    private void moveModels(SyncMetrics metrics, int thread, boolean all) {
        SyncRecorder recorder = metrics.recorder();
        mine(models, thread, all, model -> {
            recorder.changesCommitted(ModelTally.of(model, 1), null);
            recorder.batchDispatched(ModelTally.of(model, 1), 1);
        });
    }

    private void meetDevices(SyncMetrics metrics, int thread, boolean all) {
        SyncRecorder recorder = metrics.recorder();
        recorder.logAppended(1);
        mine(peers, thread, all, peer -> {
            recorder.frameSent(peer, MessageType.HEARTBEAT, 1);
            recorder.frameReceived(peer, MessageType.HEARTBEAT, 1);
            recorder.heartbeatAnswered(peer, NANOS);
        });
    }

    private void movePairs(SyncMetrics metrics, int thread, boolean all) {
        meetDevices(metrics, thread, all);
        SyncRecorder recorder = metrics.recorder();
        mine(peers, thread, all, peer -> {
            for (ModelType model : models.subList(0, MODELS_PER_DEVICE)) {
                recorder.changesReceived(peer, Route.LIVE, ModelTally.of(model, 1));
                recorder.changeApplied(peer, model, NANOS, 1, 1);
            }
        });
    }

    private static <T> void mine(List<T> all, int thread, boolean every, Consumer<T> task) {
        for (int i = 0; i < all.size(); i++) {
            if (every || i % THREADS == thread) {
                task.accept(all.get(i));
            }
        }
    }
}
