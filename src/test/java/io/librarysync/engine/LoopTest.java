package io.librarysync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.librarysync.record.SyncRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopTest {

    /** Runs one task at a time, by the clock. */
    private record OnThread(ScheduledExecutorService thread) implements Scheduler {
        @Override
        public void execute(Runnable task) {
            thread.execute(task);
        }

        @Override
        public Cancellable after(Duration delay, Runnable task) {
            ScheduledFuture<?> later = thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> later.cancel(false);
        }
    }

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Loop loop = new Loop(new OnThread(thread), SyncRecorder.disabled());
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        thread.shutdownNow();
    }

    @Test
    void whatRunsBetweenTasksWaitsForTheOneUnderWay() {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> go = new CompletableFuture<>();
        loop.execute(() -> {
            begun.complete(null);
            go.join();
            done.add("task");
        });
        begun.join();
        CompletableFuture<Void> between = CompletableFuture.runAsync(() -> loop.between(() -> done.add("between")));
        assertThat(between).isNotDone();
        go.complete(null);
        between.join();

        assertThat(done).containsExactly("task", "between");
    }

    @Test
    void whatRunsBetweenTasksRunsAtOnceWhenNoneComesAnyMore() {
        loop.close();
        loop.between(() -> done.add("between"));

        assertThat(done).containsExactly("between");
    }

    @Test
    void itsFailureIsTheCallersAlone() {
        assertThatThrownBy(() -> loop.between(() -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        loop.between(() -> done.add("still there"));

        assertThat(done).containsExactly("still there");
    }
}
