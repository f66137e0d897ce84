package io.librarysync.engine;

import io.librarysync.domain.Fault;
import io.librarysync.engine.Scheduler.Cancellable;
import io.librarysync.record.SyncRecorder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Where all state of the device lives: one task at a time. A task that fails is reported and ends alone. */
final class Loop implements Executor {

    private static final FailureLog LOG = new FailureLog(LoggerFactory.getLogger(Loop.class));

    private final Scheduler scheduler;
    private final SyncRecorder recorder;
    private final Map<Long, CompletableFuture<?>> awaited = new ConcurrentHashMap<>();
    private final AtomicLong calls = new AtomicLong();
    private Runnable afterEach = () -> {};
    private volatile boolean closed;

    Loop(Scheduler scheduler, SyncRecorder recorder) {
        this.scheduler = scheduler;
        this.recorder = recorder;
    }

    /** Runs {@code task} after every other one. */
    void afterEach(Runnable task) {
        afterEach = task;
    }

    @Override
    public void execute(Runnable task) {
        scheduler.execute(() -> run(task));
    }

    /** What {@code work} comes to; exceptionally an {@link IllegalStateException} if the loop is closed before that. */
    <T> CompletableFuture<T> call(Supplier<CompletableFuture<T>> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        long number = calls.incrementAndGet();
        awaited.put(number, result);
        var unused = result.whenComplete((value, failure) -> awaited.remove(number));
        execute(() -> pass(work, result));
        if (closed) {
            failAwaited();
        }
        return result;
    }

    /**
     * Runs {@code work} between two tasks, or at once if the loop is closed, and returns, or fails, when it has. Not to be
     * called by a task.
     */
    void between(Runnable work) {
        AtomicBoolean begun = new AtomicBoolean();
        CompletableFuture<Void> end = call(() -> {
            begun.set(true);
            work.run();
            return CompletableFuture.completedFuture(null);
        });
        Throwable failure = end.handle((nothing, thrown) -> thrown).join();
        if (!begun.get()) {
            work.run();
        } else if (failure instanceof RuntimeException thrown) {
            throw thrown;
        }
    }

    Cancellable after(Duration delay, Runnable task) {
        return scheduler.after(delay, () -> run(task));
    }

    /** Repeats {@code task} with {@code period} between the starts, the first time after one period. */
    void every(Duration period, Runnable task) {
        after(period, () -> {
            every(period, task);
            task.run();
        });
    }

    /** No task runs any more; whoever waits for one is told so. */
    void close() {
        closed = true;
        failAwaited();
    }

    private void failAwaited() {
        awaited.values()
                .forEach(each -> each.completeExceptionally(new IllegalStateException("the engine has stopped")));
    }

    /** Whoever called is told of a failure; one of the database is an error of the device too. */
    private <T> void pass(Supplier<CompletableFuture<T>> work, CompletableFuture<T> result) {
        try {
            var unused = work.get().whenComplete((value, failure) -> complete(result, value, failure));
        } catch (StoreException e) {
            report(e);
            result.completeExceptionally(e);
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private static <T> void complete(CompletableFuture<T> result, T value, @Nullable Throwable failure) {
        if (failure == null) {
            result.complete(value);
        } else {
            result.completeExceptionally(failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
        }
    }

    private void run(Runnable task) {
        if (closed) {
            return;
        }
        try {
            task.run();
            afterEach.run();
        } catch (RuntimeException e) {
            LOG.failed("a task of the engine failed", e);
            report(e);
        }
    }

    private void report(RuntimeException e) {
        if (e instanceof StoreException store) {
            recorder.current().databaseFailed(null, null, store.fault());
        } else {
            recorder.current().otherFailed(null, null, new Fault("internal", String.valueOf(e)));
        }
    }
}
