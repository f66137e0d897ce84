package io.librarysync.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.librarysync.domain.DeviceId;
import io.librarysync.engine.Transport;
import io.librarysync.engine.UnreachableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every transport must do, between two devices that find each other. */
public abstract class TransportContract {

    protected static final DeviceId ANNA = new DeviceId(new UUID(1, 1));
    protected static final DeviceId BERT = new DeviceId(new UUID(-2, 2));
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final int FOUR_MIB = 4 << 20;

    protected final RecordingListener anna = new RecordingListener();
    protected final RecordingListener bert = new RecordingListener();
    protected Transport annas = nobody();
    protected Transport berts = nobody();

    /** A transport that will meet every other one made here, once both are started. */
    protected abstract Transport make(DeviceId device, String name);

    /** Lets work go on until {@code done}; fails when it never is. */
    protected abstract void until(BooleanSupplier done);

    /** Ends a device without a word, as a crash does. */
    protected abstract void kill(DeviceId device);

    @BeforeEach
    void bothMeet() {
        annas = make(ANNA, "Anna");
        berts = make(BERT, "Bert");
        annas.start(anna);
        berts.start(bert);
        until(() -> anna.isUp() && bert.isUp());
    }

    @Test
    void bothAreToldWhoCameUp() {
        assertThat(anna.edges()).containsExactly("up Bert");
        assertThat(bert.edges()).containsExactly("up Anna");
        assertThat(anna.refusals()).isEmpty();
    }

    @Test
    void aFrameArrivesAsItWasSent() throws UnreachableException {
        byte[] payload = {0, 1, 2, (byte) 0xFF};

        annas.send(BERT, payload);
        annas.send(BERT, new byte[0]);

        until(() -> bert.frames().size() == 2);
        assertThat(bert.frames()).containsExactly(payload, new byte[0]);
    }

    @Test
    void aRequestIsAnswered() throws Exception {
        CompletableFuture<byte[]> answer = annas.request(BERT, text("question"), LONG);

        until(answer::isDone);
        assertThat(answer.get()).isEqualTo(text("question"));
    }

    @Test
    void framesAndRequestsOfOneSenderArriveInOrder() throws UnreachableException {
        long seed = 7_800;
        Random random = new Random(seed);
        int count = 2_000;
        for (int i = 0; i < count; i++) {
            byte[] payload = numbered(i, random.nextInt(i % 100 == 0 ? 200_000 : 200));
            if (random.nextBoolean()) {
                annas.send(BERT, payload);
            } else {
                var unused = annas.request(BERT, payload, LONG);
            }
        }

        until(() -> bert.frames().size() == count);
        List<Integer> numbers =
                bert.frames().stream().map(TransportContract::numberOf).toList();
        assertThat(numbers).as("seed %d", seed).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void fourMebibytesTravelBothWays() throws Exception {
        byte[] page = new byte[FOUR_MIB];
        new Random(4).nextBytes(page);

        CompletableFuture<byte[]> answer = annas.request(BERT, page, LONG);

        until(answer::isDone);
        assertThat(bert.frames()).containsExactly(page);
        assertThat(answer.get()).isEqualTo(page);
    }

    @Test
    void aRequestToASilentPeerEndsAtItsTimeout() throws UnreachableException {
        bert.fallSilent();

        CompletableFuture<byte[]> answer = annas.request(BERT, text("anybody?"), SHORT);

        until(answer::isDone);
        assertThatThrownBy(answer::get).hasCauseInstanceOf(TimeoutException.class);
        assertThat(anna.isUp()).isTrue();
    }

    @Test
    void aRequestEndsWhenItsPeerDies() throws UnreachableException {
        bert.fallSilent();
        CompletableFuture<byte[]> answer = annas.request(BERT, text("anybody?"), LONG.multipliedBy(10));
        until(() -> bert.frames().size() == 1);

        kill(BERT);

        until(answer::isDone);
        assertThatThrownBy(answer::get).hasCauseInstanceOf(UnreachableException.class);
        until(() -> !anna.isUp());
        assertThat(anna.edges()).containsExactly("up Bert", "down");
    }

    @Test
    void nothingCanBeSentToAPeerThatIsDown() {
        berts.close();
        until(() -> !anna.isUp());

        assertThatThrownBy(() -> annas.send(BERT, text("hello"))).isInstanceOf(UnreachableException.class);
        assertThatThrownBy(() -> annas.request(BERT, text("hello"), LONG)).isInstanceOf(UnreachableException.class);
    }

    @Test
    void nothingCanBeSentToADeviceThatNeverCame() {
        DeviceId stranger = new DeviceId(new UUID(3, 3));

        assertThatThrownBy(() -> annas.send(stranger, text("hello"))).isInstanceOf(UnreachableException.class);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] numbered(int number, int size) {
        return text(number + ":" + "x".repeat(size));
    }

    private static int numberOf(byte[] payload) {
        String text = new String(payload, StandardCharsets.UTF_8);
        return Integer.parseInt(text.substring(0, text.indexOf(':')));
    }

    private static Transport nobody() {
        return new InProcessNetwork(new ManualScheduler(new ManualClock())).join(ANNA, "nobody");
    }
}
