package io.librarysync.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void whatIsFullDropsTheOldestAndSaysSo() throws InterruptedException {
        Backlog<Integer> backlog = new Backlog<>(2, Duration.ZERO);
        assertThat(IntStream.rangeClosed(1, 5).mapToObj(backlog::add)).containsExactly(true, true, false, false, false);
        assertThat(backlog.take(LONG)).containsExactly(4, 5);
        assertThat(backlog.dropped()).isEqualTo(3);
        assertThat(backlog.take(Duration.ZERO)).isEmpty();
    }

    @Test
    void theReaderLetsMoreComeUntilHalfOfTheRoomIsTaken() {
        Backlog<Integer> backlog = new Backlog<>(8, LONG);
        CompletableFuture<List<Integer>> taken = CompletableFuture.supplyAsync(() -> taken(backlog));
        for (int i = 1; i <= 3; i++) {
            backlog.add(i);
            assertThat(taken).isNotDone();
        }
        backlog.add(4);

        assertThat(taken.join()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void nothingIsLostOrTakenTwiceWhileItIsFilled() {
        int many = 200_000;
        Backlog<Integer> backlog = new Backlog<>(many, Duration.ofMillis(1));
        CompletableFuture<Void> filling =
                CompletableFuture.runAsync(() -> IntStream.range(0, many).forEach(backlog::add));
        List<Integer> all = new ArrayList<>();
        while (all.size() < many) {
            all.addAll(taken(backlog));
        }
        filling.join();

        assertThat(all)
                .containsExactlyElementsOf(IntStream.range(0, many).boxed().toList());
        assertThat(backlog.dropped()).isZero();
    }

    @Test
    void withoutRoomForOneThereIsNone() {
        assertThatThrownBy(() -> new Backlog<>(0, LONG)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Integer> taken(Backlog<Integer> backlog) {
        try {
            return backlog.take(LONG);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
