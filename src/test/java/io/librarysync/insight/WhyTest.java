package io.librarysync.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Fault;
import io.librarysync.domain.FileStanding;
import io.librarysync.domain.FileStanding.State;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Reach;
import io.librarysync.domain.RecordStanding;
import io.librarysync.domain.RecordStanding.Presence;
import io.librarysync.domain.RecordStanding.Stage;
import io.librarysync.domain.RecordStanding.Transit;
import io.librarysync.domain.RecordStanding.Version;
import io.librarysync.domain.RecordWhereabouts;
import io.librarysync.domain.RecordWhereabouts.Holder;
import io.librarysync.domain.SyncState;
import io.librarysync.export.ScreenStyle;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words for what was found out, at 14:10:00. */
class WhyTest {
    private static final UUID FILE = new UUID(1, 1);
    private static final String PATH = "/photos/cat.jpg";
    private static final DeviceId LAPTOP = device(1);
    private static final DeviceId DESKTOP = device(2);
    private static final long NOW = Instant.parse("2026-02-03T14:10:00Z").toEpochMilli();
    private static final long TWO = Instant.parse("2026-02-03T14:02:00Z").toEpochMilli();
    private static final Version SECOND = new Version(LAPTOP, 2, null, TWO);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    NO_LOCATION | | not in the library: no location of this device holds /photos/cat.jpg; see sd location list
                    LEFT_OUT    | | not in the library: /photos/cat.jpg is in the folder of a device, which is left out
                    NOT_INDEXED | | not in the library yet: /photos/cat.jpg is there and not indexed; the next full look comes within 5m 0s
                    NOT_INDEXED | directory /photos cannot be read: no permission | not in the library yet: directory /photos cannot be read: no permission
                    UNREADABLE  | file /photos/cat.jpg cannot be read: I/O error | not in the library as it is: file /photos/cat.jpg cannot be read: I/O error
                    OFFLINE     | location /photos is missing | not looked at: location /photos is missing
                    """)
    void aFileWithoutAnEntryIsTheWholeAnswer(State state, @Nullable String fault, String answer) {
        Why why = why(file(state, fault), unknown(LAPTOP, "laptop"));

        assertThat(why.answer()).isEqualTo(answer);
        assertThat(why.further()).isNull();
        assertThat(why.everywhere()).isFalse();
        assertThat(WhyScreen.render(why, ScreenStyle.PLAIN)).isEqualTo(answer + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    CHANGED    | | newer on disk than in the library: /photos/cat.jpg changed at 14:02:00; the next full look comes within 5m 0s
                    VANISHED   | | gone from the disk, but not from the library yet: /photos/cat.jpg is not there; the next full look comes within 5m 0s
                    AS_INDEXED | file /photos/cat.jpg cannot be read: no permission | in the library, but file /photos/cat.jpg cannot be read: no permission
                    """)
    void aFileBesideItsEntryComesBeforeTheDevices(State state, @Nullable String fault, String answer) {
        Why why = why(file(state, fault), here(LAPTOP, "laptop"), here(DESKTOP, "Desktop"));

        assertThat(why.answer()).isEqualTo(answer);
        assertThat(why.further()).isEqualTo("on both devices");
        assertThat(why.everywhere()).isFalse();
    }

    @Test
    void aFileAsItIsIndexedSaysNothingOfItself() {
        Why why = why(file(State.AS_INDEXED, null), here(LAPTOP, "laptop"));

        assertThat(why.answer()).isEqualTo("on this device; the library has no other");
        assertThat(why.everywhere()).isTrue();
    }

    @Test
    void neitherFileNorRecordIsNoAnswer() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        why(file(State.NOTHING, null), unknown(LAPTOP, "laptop"), gone(DESKTOP, "Desktop", false)))
                .withMessage("of: no record of this library is " + PATH + ", and Desktop could not be asked");
    }

    @Test
    void theScreenHasTheAnswerAndALineForEachDevice() {
        assertThat(WhyScreen.render(inRetry(), ScreenStyle.PLAIN))
                .isEqualTo(
                        """
                        not on Desktop yet: Desktop has been offline since 14:02:00; 1 change waits in the retry queue, next try in 8s

                          entry  /photos/cat.jpg  00000000-0000-0001-0000-000000000001  written by laptop
                          DEVICE   ID        STATUS       STATE  VERSION  OF        CHANGE
                          laptop   00000000  this device  Ready  newest   14:02:00  has it
                          Desktop  00000000  offline      –      –        –         Desktop has been offline since 14:02:00; 1 change waits in the retry queue, next try in 8s
                        """);
    }

    @Test
    void theScreenHasColoursAndAsciiWhereAskedFor() {
        List<String> lines = WhyScreen.render(inRetry(), new ScreenStyle(ZoneId.of("UTC"), true, false, 10))
                .lines()
                .toList();

        assertThat(lines.get(0)).startsWith("\u001b[33mnot on Desktop yet").endsWith("\u001b[0m");
        assertThat(lines.get(4)).startsWith("  \u001b[32mlaptop");
        assertThat(lines.get(5)).startsWith("  \u001b[33mDesktop").contains("offline      -      -");
    }

    @Test
    void jsonSaysTheSameInParts() {
        assertThat(inRetry().json())
                .hasToString("{\"timestamp\":\"2026-02-03T14:10:00.000Z\",\"of\":\"/photos/cat.jpg\","
                        + "\"answer\":\"not on Desktop yet: Desktop has been offline since 14:02:00;"
                        + " 1 change waits in the retry queue, next try in 8s\",\"everywhere\":false,"
                        + "\"record\":{\"uuid\":\"00000000-0000-0001-0000-000000000001\",\"model\":\"entry\","
                        + "\"title\":\"/photos/cat.jpg\",\"deleted\":false,\"origin\":\"laptop\",\"newest\":\"2\","
                        + "\"changed\":\"2026-02-03T14:02:00.000Z\"},\"devices\":["
                        + "{\"device_id\":\"00000000-0000-0002-0000-000000000001\",\"device_name\":\"laptop\","
                        + "\"self\":true,\"reach\":\"answered\",\"state\":\"Ready\","
                        + "\"last_seen\":\"2026-02-03T14:10:00.000Z\",\"holds\":\"newest\",\"version\":\"2\","
                        + "\"changed\":\"2026-02-03T14:02:00.000Z\",\"change\":\"here\",\"reason\":\"has it\","
                        + "\"held\":[]},"
                        + "{\"device_id\":\"00000000-0000-0002-0000-000000000002\",\"device_name\":\"Desktop\","
                        + "\"self\":false,\"reach\":\"offline\",\"last_seen\":\"2026-02-03T14:02:00.000Z\","
                        + "\"holds\":\"unknown\",\"change\":\"retry\","
                        + "\"reason\":\"Desktop has been offline since 14:02:00;"
                        + " 1 change waits in the retry queue, next try in 8s\",\"held\":[],"
                        + "\"sending\":{\"stage\":\"retry\",\"messages\":1,\"attempts\":1,"
                        + "\"problem\":\"went away\",\"next_try_ms\":7400}}]}");
    }

    @Test
    void manyDevicesAreNamedInShort() {
        List<Holder> holders = new ArrayList<>(List.of(here(LAPTOP, "laptop")));
        for (int i = 2; i < 7; i++) {
            holders.add(gone(device(i), "phone " + i, false));
        }

        assertThat(why(null, holders.toArray(Holder[]::new)).answer())
                .isEqualTo("not on phone 2, phone 3 and 3 others yet:"
                        + " phone 2 has been offline since 14:02:00; it pulls the change when it is back");
    }

    @Test
    void anOlderVersionIsNotCalledMissing() {
        RecordStanding older = standing(new Version(LAPTOP, 1, null, TWO), List.of());
        Holder desktop = new Holder(DESKTOP, "Desktop", Reach.ANSWERED, SyncState.CATCHING_UP, NOW, false, older);

        assertThat(why(null, here(LAPTOP, "laptop"), desktop).answer())
                .isEqualTo("only an older version on Desktop: Desktop is catching up and gets it by its pull");
    }

    private static Why inRetry() {
        Transit retry = new Transit(DESKTOP, Stage.RETRY, 1, 1, "went away", 7_400L);
        Holder laptop = new Holder(
                LAPTOP, "laptop", Reach.ANSWERED, SyncState.READY, NOW, true, standing(SECOND, List.of(retry)));
        return why(null, laptop, gone(DESKTOP, "Desktop", false));
    }

    private static Why why(@Nullable FileStanding file, Holder... holders) {
        return Why.of(new RecordWhereabouts(PATH, FILE, NOW, List.of(holders)), file, ZoneOffset.UTC);
    }

    private static FileStanding file(State state, @Nullable String fault) {
        return new FileStanding(PATH, state, TWO, fault == null ? null : new Fault("fault", fault), false, 300_000);
    }

    private static Holder here(DeviceId device, String name) {
        return new Holder(device, name, Reach.ANSWERED, SyncState.READY, NOW, true, standing(SECOND, List.of()));
    }

    private static Holder unknown(DeviceId device, String name) {
        return new Holder(device, name, Reach.ANSWERED, SyncState.READY, NOW, null, RecordStanding.unknown(FILE));
    }

    private static Holder gone(DeviceId device, String name, @Nullable Boolean settled) {
        return new Holder(device, name, Reach.OFFLINE, null, TWO, settled, null);
    }

    private static RecordStanding standing(Version version, List<Transit> transits) {
        return new RecordStanding(
                FILE, ModelType.deviceOwned("entry"), PATH, Presence.PRESENT, version, List.of(), null, transits);
    }

    private static DeviceId device(int number) {
        return new DeviceId(new UUID(2, number));
    }
}
