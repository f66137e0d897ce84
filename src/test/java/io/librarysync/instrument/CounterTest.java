package io.librarysync.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CounterTest {
    private final MetricRegistry registry = new MetricRegistry();
    private final CounterFamily received = registry.counters("received", List.of("peer"));
    private final CounterFamily applied = registry.counters("applied", List.of("peer"));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 64})
    void everyIncrementOfEveryThreadCountsExactlyOnce(int threads) throws InterruptedException {
        Counter counter = received.at("a");

        runAll(threads, () -> {
            for (int i = 0; i < 100_000; i++) {
                counter.increment();
            }
        });

        assertThat(sum(received)).isEqualTo(threads * 100_000L);
    }

    @Test
    void threadsThatHaveEndedLeaveTheirCountsAndNothingElse() throws InterruptedException {
        Counter counter = received.at("a");

        for (int round = 0; round < 2_000; round++) {
            runAll(1, counter::increment);
        }

        assertThat(sum(received)).isEqualTo(2_000);
        assertThat(registry.stripes().size()).isZero();
    }

    @Test
    void noReadingShowsMoreOutcomesThanInputs() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < 8; writer++) {
            String label = "peer " + writer;
            writers.add(new Thread(() -> {
                Counter in = received.at(label);
                Counter out = applied.at(label);
                while (!done.get()) {
                    in.increment();
                    out.increment();
                }
            }));
        }
        writers.forEach(Thread::start);

        for (int i = 0; i < 20_000; i++) {
            View view = new View(registry.read(), Map.of());
            assertThat(view.sum(applied)).isLessThanOrEqualTo(view.sum(received));
        }
        done.set(true);
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(sum(applied)).isEqualTo(sum(received));
    }

    @Test
    void anInputIsReadAfterItsOutcomeThoughItsSeriesIsMadeLater() throws InterruptedException {
        Thread writer = new Thread(() -> {
            for (int label = 0; label < 20_000; label++) {
                Counter out = applied.at("peer " + label);
                Counter in = received.at("peer " + label);
                in.increment();
                out.increment();
            }
        });
        writer.start();
        while (writer.isAlive()) {
            View view = new View(registry.read(), Map.of());
            assertThat(view.sum(received)).isGreaterThanOrEqualTo(view.sum(applied));
        }
        writer.join();
    }

    @Test
    void aFilterSelectsSeriesAndTheRestIsZero() {
        received.at("a").add(3);
        received.at("b").add(4);

        assertThat(new View(registry.read(), Map.of("peer", "a")).sum(received)).isEqualTo(3);
        assertThat(new View(registry.read(), Map.of("peer", "c")).sum(received)).isZero();
        assertThat(new View(registry.read(), Map.of()).by(received, "peer")).isEqualTo(Map.of("a", 3L, "b", 4L));
    }

    @Test
    void differencesOfReadingsAddUp() {
        Counter counter = received.at("a");
        counter.add(5);
        Reading first = registry.read();
        counter.add(7);
        received.at("late").add(11);
        Reading second = registry.read();

        assertThat(new View(second.since(first), Map.of()).sum(received)).isEqualTo(18);
        assertThat(new View(first.since(first), Map.of()).sum(received)).isZero();
    }

    private long sum(CounterFamily family) {
        return new View(registry.read(), Map.of()).sum(family);
    }

    private static void runAll(int threads, Runnable work) throws InterruptedException {
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(new Thread(work));
        }
        running.forEach(Thread::start);
        for (Thread thread : running) {
            thread.join();
        }
    }
}
