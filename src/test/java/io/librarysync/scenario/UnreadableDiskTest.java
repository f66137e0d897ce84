package io.librarysync.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.librarysync.domain.Reach;
import io.librarysync.domain.RecordWhereabouts;
import io.librarysync.domain.RecordWhereabouts.Holder;
import io.librarysync.engine.EngineConfig;
import io.librarysync.engine.EngineKey;
import io.librarysync.engine.StoreException;
import io.librarysync.metrics.ErrorMetricsMXBean;
import io.librarysync.testing.Invariants;
import io.librarysync.testing.TestDevice;
import io.librarysync.testing.TestLibrary;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A library that cannot be read for a moment: whatever was to be read, it is one database error, and sync goes on. */
class UnreadableDiskTest {
    private TestLibrary library;
    private TestDevice a;
    private TestDevice b;

    @BeforeEach
    void connectTwo(@TempDir Path directory) {
        EngineConfig smallPages = EngineConfig.defaults().with(EngineKey.BACKFILL_BATCH_SIZE, 2);
        library = new TestLibrary(directory, smallPages, true);
        a = library.start("A");
        b = library.start("B");
        library.connect(a, b);
        a.addLocation();
        library.settle();
    }

    @AfterEach
    void stopAll() {
        library.close();
    }

    @ParameterizedTest(name = "the {0}. read of who pulls")
    @ValueSource(ints = {1, 2, 3})
    void aDeviceThatReturnsCatchesUpWhateverItCannotRead(int read) {
        catchUp(b, read);
    }

    @ParameterizedTest(name = "the {0}. read of who is asked")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void aDeviceThatReturnsCatchesUpWhateverItsPeerCannotRead(int read) {
        catchUp(a, read);
    }

    @Test
    void aDeviceThatCannotReadWhereItStoodIsReadyAllTheSame() {
        TestDevice c = library.startUnreadable("C");
        library.settle();

        assertThat(c.snapshot().state().getCurrentState()).isEqualTo("Ready");
    }

    @Test
    void whoCannotGoOnIsStillPausedAndSaysWhy() {
        b.pause();
        b.failReadAt(1);
        assertThatUnreadable(b::resume);

        assertThat(b.snapshot().state().getCurrentState()).isEqualTo("Paused");
        assertOneDatabaseError(b);
        b.resume();
        library.settle();
        Invariants.check(library);
    }

    @Test
    void aTagThatCannotBeLookedUpIsNotPut() {
        a.failReadAt(1);
        assertThatUnreadable(() -> a.tag("red", a.root()));

        assertThat(a.tagNamed("red")).isEmpty();
        assertOneDatabaseError(a);
        a.tag("red", a.root());
        library.settle();
        assertThat(b.tagNamed("red")).hasSize(1);
        Invariants.check(library);
    }

    @Test
    void whereARecordStandsIsNotSaidByWhoCannotLook() {
        a.failReadAt(1);
        assertThatUnreadable(() -> whereabouts(a));

        assertOneDatabaseError(a);
    }

    @Test
    void aPeerThatCannotLookSaysSo() {
        b.failReadAt(1);

        assertThat(whereabouts(a).holders())
                .filteredOn(holder -> holder.device().equals(b.id()))
                .extracting(Holder::reach)
                .containsExactly(Reach.FAILED);
        assertOneDatabaseError(b);
    }

    private void catchUp(TestDevice unreadable, int read) {
        library.disconnect(a, b);
        a.addFiles(0, 5);
        a.addTag("red");
        library.settle();
        unreadable.failReadAt(read);
        library.connect(a, b);
        library.settle();

        assertThat(b.tagNamed("red")).hasSize(1);
        assertOneDatabaseError(unreadable);
        Invariants.check(library);
        Invariants.checkSound(library);
    }

    private RecordWhereabouts whereabouts(TestDevice asked) {
        CompletableFuture<RecordWhereabouts> found = asked.engine().whereabouts(a.root());
        library.scheduler().runUntilIdle();
        return found.join();
    }

    private static void assertThatUnreadable(ThrowingCallable work) {
        assertThatThrownBy(work).hasRootCauseMessage("Input/output error").hasCauseInstanceOf(StoreException.class);
    }

    private void assertOneDatabaseError(TestDevice device) {
        Stream.of(a, b).forEach(each -> {
            ErrorMetricsMXBean errors = each.snapshot().errors();
            assertThat(errors.getDatabaseErrors()).as(each.name()).isEqualTo(each == device ? 1 : 0);
            assertThat(errors.getOtherErrors()).as(each.name()).isZero();
        });
    }
}
