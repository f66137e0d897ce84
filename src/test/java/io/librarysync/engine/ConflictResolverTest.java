package io.librarysync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Hlc;
import io.librarysync.engine.ConflictResolver.Verdict;
import io.librarysync.engine.ConflictResolver.Version;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConflictResolverTest {

    private static final DeviceId DEVICE = DeviceId.parse("00000000-0000-4000-8000-000000000001");

    @Test
    void theSameStampIsTheSameVersion() {
        assertThat(ConflictResolver.judge(version(5, 3L, "red"), version(5, 3L, "red")))
                .isEqualTo(Verdict.SAME);
    }

    @Test
    void aVersionThatBuildsOnTheStoredOneFollowsIt() {
        assertThat(ConflictResolver.judge(version(5, 3L, "red"), version(7, 5L, "blue")))
                .isEqualTo(Verdict.FOLLOWS);
    }

    @Test
    void aVersionThatTheStoredOneBuildsOnIsALateAncestor() {
        assertThat(ConflictResolver.judge(version(7, 5L, "blue"), version(5, 3L, "red")))
                .isEqualTo(Verdict.LATE_ANCESTOR);
    }

    @Test
    void amongVersionsThatHadNotSeenEachOtherTheLargerStampWins() {
        Version early = version(5, 3L, "red");
        Version late = version(6, 3L, "blue");
        assertThat(ConflictResolver.judge(early, late)).isEqualTo(Verdict.CONFLICT_INCOMING_WINS);
        assertThat(ConflictResolver.judge(late, early)).isEqualTo(Verdict.CONFLICT_STORED_WINS);
    }

    @Test
    void twoCreationsOfOneRecordHadNotSeenEachOther() {
        assertThat(ConflictResolver.judge(version(5, null, "red"), version(6, null, "blue")))
                .isEqualTo(Verdict.CONFLICT_INCOMING_WINS);
    }

    @Test
    void equalContentIsNoConflictAndTheLargerStampIsKept() {
        Version early = version(5, null, "red");
        Version late = version(6, null, "red");
        assertThat(ConflictResolver.judge(early, late)).isEqualTo(Verdict.FOLLOWS);
        assertThat(ConflictResolver.judge(late, early)).isEqualTo(Verdict.SAME);
    }

    @Test
    void aDeletionAndAnEditThatHadNotSeenEachOtherAreConcurrent() {
        assertThat(ConflictResolver.concurrent(version(5, 3L, null), version(6, 3L, "red")))
                .isTrue();
        assertThat(ConflictResolver.concurrent(version(5, 3L, null), version(6, 5L, "red")))
                .isFalse();
        assertThat(ConflictResolver.concurrent(version(5, 3L, null), version(6, 3L, null)))
                .isFalse();
    }

    private static Version version(long millis, @Nullable Long base, @Nullable String name) {
        return new Version(
                stamp(millis),
                base == null ? null : stamp(base),
                name == null ? null : RecordData.builder().put("name", name).build());
    }

    private static Hlc stamp(long millis) {
        return new Hlc(millis, 0, DEVICE);
    }
}
