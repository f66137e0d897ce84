package io.librarysync.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.domain.SyncState;
import io.librarysync.engine.EngineConfig;
import io.librarysync.engine.EngineKey;
import io.librarysync.metrics.EpochKeeper;
import io.librarysync.testing.Faults;
import io.librarysync.testing.TestDevice;
import io.librarysync.testing.TestLibrary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is under way when recording is switched off, and when it is switched on again, the books of a device balance. */
class SwitchedBooksTest {
    private TestLibrary library;
    private TestDevice a;
    private TestDevice b;

    @BeforeEach
    void startBoth(@TempDir Path directory) {
        EngineConfig config = EngineConfig.defaults()
                .with(EngineKey.BACKFILL_BATCH_SIZE, 5)
                .with(EngineKey.REALTIME_BATCH_MAX_ENTRIES, 5);
        library = new TestLibrary(directory, config, true);
        a = library.start("A");
        b = library.start("B");
        a.addLocation();
        a.addFiles(0, 12);
        library.connectWithoutRunning(a, b);
        library.network().disturb(a.id(), b.id(), faults(), 1);
        library.network().disturb(b.id(), a.id(), faults(), 2);
    }

    @ParameterizedTest(name = "on {0} tasks after the begin of the pull")
    @ValueSource(ints = {16, 17, 18, 19})
    void whatWasAskedForWhileOffIsRecordedWhenItComes(int tasks) {
        a.tag("red", a.root() + "/file1");
        library.scheduler().advance(Duration.ofSeconds(1));
        TestDevice c = library.start("C");
        c.metrics().disable(EpochKeeper.NONE);
        library.connectWithoutRunning(a, c);
        library.runUntil(() -> c.engine().levels().state() == SyncState.BACKFILLING);
        library.runUntil(after(tasks));
        c.metrics().enable(EpochKeeper.NONE);
        library.network().heal();
        library.settle();

        assertThat(differences(c)).isEmpty();
    }

    @Test
    void whatWasSentAgainWhileOffIsRecordedWhenItIsAnswered() {
        library.network().heal();
        library.settle();
        library.network().disturb(a.id(), b.id(), Faults.ofBlackHole(), 1);
        a.addTag("late");
        library.runUntil(() -> a.engine().levels().links().get(0).retryDepth() > 0);
        a.metrics().disable(EpochKeeper.NONE);
        library.scheduler().advance(Duration.ofSeconds(6));
        library.network().heal();
        a.metrics().enable(EpochKeeper.NONE);
        library.settle();

        assertThat(a.snapshot().operations().getRetryAttempts()).isEqualTo(2);
        assertThat(differences(a)).isEmpty();
    }

    @ParameterizedTest(name = "on after {0} tasks")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void whatCameWhileOffIsRecordedWhenItIsTaken(int tasksOff) {
        library.network().heal();
        library.settle();
        library.network().disturb(a.id(), b.id(), Faults.losing(100, 0), 1);
        a.addTag("lost");
        library.scheduler().advance(Duration.ofSeconds(1));
        library.network().heal();
        b.metrics().disable(EpochKeeper.NONE);
        a.addTag("does not follow");
        library.runUntil(after(tasksOff));
        b.metrics().enable(EpochKeeper.NONE);
        library.settle();

        assertThat(differences(b)).isEmpty();
    }

    private static Faults faults() {
        return Faults.losing(20, 20).duplicating(20).delaying(Duration.ofMillis(400));
    }

    @AfterEach
    void stopAll() {
        library.close();
    }

    static Stream<Arguments> moments() {
        return IntStream.rangeClosed(0, 5).boxed().flatMap(off -> Stream.of(1, 4, 40)
                .map(on -> Arguments.of(61 * off, on)));
    }

    @ParameterizedTest(name = "off after {0} tasks, on after {1} more, and again")
    @MethodSource("moments")
    void whateverIsUnderWayTheBooksBalance(int tasksOn, int tasksOff) {
        work(tasksOn);
        switchOffFor(tasksOff);
        work(5);
        switchOffFor(tasksOff);
        library.network().heal();
        library.settle();

        assertThat(differences(a)).isEmpty();
        assertThat(differences(b)).isEmpty();
    }

    private void switchOffFor(int tasks) {
        a.metrics().disable(EpochKeeper.NONE);
        b.metrics().disable(EpochKeeper.NONE);
        work(tasks);
        a.metrics().enable(EpochKeeper.NONE);
        b.metrics().enable(EpochKeeper.NONE);
    }

    /** Tags files, which the other device learns of in any order, for so many tasks. */
    private void work(int tasks) {
        for (int i = 0; i < tasks; i += 20) {
            a.tag("tag " + i, a.root() + "/file" + i % 12);
            b.tag("tag of b " + i);
            library.runUntil(after(20));
        }
        library.runUntil(after(tasks % 20));
    }

    private static BooleanSupplier after(int tasks) {
        int[] left = {tasks};
        return () -> left[0]-- <= 0;
    }

    private static List<Finding> differences(TestDevice device) {
        return Reconciliation.of(List.of(new EditedBook(device))).differences();
    }
}
