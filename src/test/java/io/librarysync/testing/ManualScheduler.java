package io.librarysync.testing;

import io.librarysync.engine.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on the thread that drives it, in the order submitted; delayed ones in the order of their time, ties in the
 * order submitted. Several devices may share one. Not safe for use from several threads.
 */
public final class ManualScheduler implements Scheduler {

    private final ManualClock clock;
    private final Queue<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::dueNanos).thenComparingLong(Timer::number));
    private long timersMade;
    private long tasksRun;

    public ManualScheduler(ManualClock clock) {
        this.clock = clock;
    }

    @Override
    public void execute(Runnable task) {
        ready.add(task);
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
        Timer timer = new Timer(clock.nanos() + Math.max(0, delay.toNanos()), timersMade++, task);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    /** Runs what is ready, and what that makes ready, without moving the time. */
    public void runUntilIdle() {
        boolean ready = true;
        while (ready) {
            ready = runOne();
        }
    }

    /** Moves the time forward to each due task in turn, and then to the end of {@code by}. */
    public void advance(Duration by) {
        long end = clock.nanos() + by.toNanos();
        runUntilIdle();
        for (Timer next = timers.peek(); next != null && next.dueNanos() <= end; next = timers.peek()) {
            clock.advanceTo(next.dueNanos());
            runUntilIdle();
        }
        clock.advanceTo(end);
        runUntilIdle();
    }

    /** Monotonic time now. */
    long nanos() {
        return clock.nanos();
    }

    /** How many tasks ran so far. */
    public long tasksRun() {
        return tasksRun;
    }

    /** Runs the next task that is ready, without moving the time; false if there is none. */
    public boolean runOne() {
        Runnable task = nextReady();
        if (task == null) {
            return false;
        }
        tasksRun++;
        task.run();
        return true;
    }

    private @Nullable Runnable nextReady() {
        Timer timer = timers.peek();
        if (timer != null && timer.dueNanos() <= clock.nanos()) {
            timers.remove(timer);
            return timer.task();
        }
        return ready.poll();
    }

    private record Timer(long dueNanos, long number, Runnable task) {}
}
