package io.librarysync.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.LibraryId;
import io.librarysync.metrics.EpochInfo;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link SnapshotStore} does. */
public abstract class SnapshotStoreContract {
    protected static final LibraryId LIBRARY = new LibraryId(new UUID(1, 1));
    private static final LibraryId OTHER = new LibraryId(new UUID(1, 2));
    protected static final DeviceId DEVICE = new DeviceId(new UUID(2, 1));
    private static final String RUN = "run";
    protected static final Instant NOON = Instant.parse("2026-01-01T12:00:00.000Z");
    private static final Instant LATER = NOON.plusMillis(1);

    private SnapshotStore store;

    protected abstract SnapshotStore create();

    @BeforeEach
    void open() {
        store = create();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anEmptyStoreKnowsNothing() {
        assertThat(store.problem()).isNull();
        assertThat(store.latest(LIBRARY)).isEmpty();
        assertThat(store.lastTimestamp(LIBRARY)).isEmpty();
        assertThat(store.count(LIBRARY)).isZero();
        assertThat(store.find(1)).isEmpty();
        assertThat(store.epochs(LIBRARY)).isEmpty();
    }

    @Test
    void aSnapshotIsFoundByItsId() {
        long first = store.append(LIBRARY, NOON, "{\"a\":1}");
        long second = store.append(LIBRARY, LATER, "{\"a\":2}");

        assertThat(second).isGreaterThan(first);
        assertThat(store.find(first)).contains(new StoredSnapshot(first, LIBRARY, NOON, "{\"a\":1}"));
        assertThat(store.find(second)).contains(new StoredSnapshot(second, LIBRARY, LATER, "{\"a\":2}"));
    }

    @Test
    void anyTextComesBackAsItWas() {
        String json = "{\"name\":\"it's \\\"quoted\\\"\n🗂 " + "x".repeat(100_000) + "\"}";

        long id = store.append(LIBRARY, NOON, json);

        assertThat(store.find(id)).map(StoredSnapshot::json).contains(json);
    }

    @Test
    void theLatestIsTheOneTakenLastNotTheOneAppendedLast() {
        long newest = store.append(LIBRARY, LATER, "newest");
        store.append(LIBRARY, NOON, "older");

        assertThat(store.latest(LIBRARY)).contains(new StoredSnapshot(newest, LIBRARY, LATER, "newest"));
        assertThat(store.lastTimestamp(LIBRARY)).contains(LATER);
    }

    @Test
    void ofTwoTakenAtOnceTheLatestIsTheOneAppendedLast() {
        store.append(LIBRARY, NOON, "first");
        store.append(LIBRARY, NOON, "second");

        assertThat(store.latest(LIBRARY)).map(StoredSnapshot::json).contains("second");
    }

    @Test
    void librariesDoNotSeeEachOther() {
        store.append(LIBRARY, NOON, "ours");
        store.append(OTHER, LATER, "theirs");
        store.append(OTHER, LATER, "theirs again");
        store.openEpoch(epoch(1, OTHER, NOON));

        assertThat(store.count(LIBRARY)).isEqualTo(1);
        assertThat(store.count(OTHER)).isEqualTo(2);
        assertThat(store.latest(LIBRARY)).map(StoredSnapshot::json).contains("ours");
        assertThat(store.epochs(LIBRARY)).isEmpty();
    }

    @Test
    void instantsAreKeptInWholeMilliseconds() {
        store.append(LIBRARY, NOON.plusNanos(999_999), "{}");

        assertThat(store.lastTimestamp(LIBRARY)).contains(NOON);
    }

    @Test
    void epochsAreListedOldestFirst() {
        Epoch second = epoch(2, LIBRARY, LATER);
        Epoch first = epoch(1, LIBRARY, NOON);
        store.openEpoch(second);
        store.openEpoch(first);
        store.closeEpoch(first.ended(LATER, Epoch.Ending.DISABLED));

        assertThat(store.epochs(LIBRARY)).containsExactly(first.ended(LATER, Epoch.Ending.DISABLED), second);
    }

    @Test
    void anEpochIsOpenedOnce() {
        store.openEpoch(epoch(1, LIBRARY, NOON));

        assertThatThrownBy(() -> store.openEpoch(epoch(1, LIBRARY, NOON))).isInstanceOf(SnapshotStoreException.class);
    }

    @Test
    void anEpochEndsOnce() {
        Epoch epoch = epoch(1, LIBRARY, NOON);
        store.openEpoch(epoch);
        store.closeEpoch(epoch.ended(LATER, Epoch.Ending.STOP));

        assertThatThrownBy(() -> store.closeEpoch(epoch.ended(LATER.plusMillis(1), Epoch.Ending.RESET)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("epoch " + epoch.id() + " is not open");
        assertThat(store.epochs(LIBRARY)).containsExactly(epoch.ended(LATER, Epoch.Ending.STOP));
    }

    @Test
    void aResetKeepsTheClosingSnapshotEndsTheEpochAndOpensTheNext() {
        Epoch first = epoch(1, LIBRARY, NOON);
        Epoch second = Epoch.open(new EpochInfo("2", LATER, EpochInfo.RESET), LIBRARY, RUN, DEVICE);
        store.openEpoch(first);

        long id = store.turnEpoch(first.ended(LATER, Epoch.Ending.RESET), second, "closing");

        assertThat(store.find(id)).contains(new StoredSnapshot(id, LIBRARY, LATER, "closing"));
        assertThat(store.epochs(LIBRARY)).containsExactly(first.ended(LATER, Epoch.Ending.RESET), second);
    }

    @Test
    void aResetThatFailsChangesNothing() {
        Epoch first = epoch(1, LIBRARY, NOON);
        Epoch taken = epoch(2, LIBRARY, LATER);
        store.openEpoch(first);
        store.openEpoch(taken);

        assertThatThrownBy(() -> store.turnEpoch(first.ended(LATER, Epoch.Ending.RESET), taken, "closing"))
                .isInstanceOf(SnapshotStoreException.class);
        assertThat(store.epochs(LIBRARY)).containsExactly(first, taken);
        assertThat(store.count(LIBRARY)).isZero();
    }

    @Test
    void anEpochThatACrashLeftOpenEndsAtItsLastSnapshot() {
        Epoch stopped = epoch(1, LIBRARY, NOON);
        Epoch crashed = epoch(2, LIBRARY, LATER);
        store.openEpoch(stopped);
        store.closeEpoch(stopped.ended(LATER, Epoch.Ending.STOP));
        store.openEpoch(crashed);
        store.append(LIBRARY, LATER.plusSeconds(9), "last");

        assertThat(store.closeCrashedEpochs(LIBRARY)).isEqualTo(1);
        assertThat(store.closeCrashedEpochs(LIBRARY)).isZero();
        assertThat(store.epochs(LIBRARY))
                .containsExactly(
                        stopped.ended(LATER, Epoch.Ending.STOP),
                        crashed.ended(LATER.plusSeconds(9), Epoch.Ending.CRASH));
    }

    @Test
    void aCrashedEpochWithoutSnapshotEndsWhereItBegan() {
        store.append(LIBRARY, NOON, "of the run before");
        Epoch crashed = epoch(1, LIBRARY, LATER);
        store.openEpoch(crashed);

        store.closeCrashedEpochs(LIBRARY);

        assertThat(store.epochs(LIBRARY)).containsExactly(crashed.ended(LATER, Epoch.Ending.CRASH));
    }

    protected static Epoch epoch(long number, LibraryId library, Instant startedAt) {
        return Epoch.open(new EpochInfo(Long.toString(number), startedAt, EpochInfo.START), library, RUN, DEVICE);
    }
}
