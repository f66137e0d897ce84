package io.librarysync.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.librarysync.domain.DeviceId;
import io.librarysync.engine.UnreachableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the network of scenarios does wrong when it is told to, and what it says of it afterwards. */
class NetworkFaultsTest {
    private static final DeviceId ANNA = new DeviceId(new UUID(1, 1));
    private static final DeviceId BERT = new DeviceId(new UUID(2, 2));
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final ManualScheduler scheduler = new ManualScheduler(new ManualClock());
    private final InProcessNetwork network = new InProcessNetwork(scheduler);
    private final RecordingListener anna = new RecordingListener();
    private final RecordingListener bert = new RecordingListener();
    private final InProcessNetwork.Endpoint annas = network.join(ANNA, "Anna");
    private final InProcessNetwork.Endpoint berts = network.join(BERT, "Bert");

    @BeforeEach
    void bothMeet() {
        annas.start(anna);
        berts.start(bert);
        network.connect(ANNA, BERT);
        scheduler.runUntilIdle();
    }

    @Test
    void whoCannotBeReachedIsSentNothing() throws UnreachableException {
        disturb(Faults.ofUnreachable());

        assertThatThrownBy(() -> annas.send(BERT, text("hello"))).isInstanceOf(UnreachableException.class);
        berts.send(ANNA, text("the other way"));
        scheduler.runUntilIdle();
        assertThat(anna.frames()).hasSize(1);
        assertThat(annas.passed(BERT).sent()).isEqualTo(Traffic.NONE);
    }

    @Test
    void whatFallsIntoABlackHoleWasSentAndIsLost() throws UnreachableException {
        disturb(Faults.ofBlackHole());

        CompletableFuture<byte[]> answer = annas.request(BERT, text("question"), TIMEOUT);
        scheduler.advance(TIMEOUT);

        assertThatThrownBy(answer::get).hasCauseInstanceOf(TimeoutException.class);
        assertThat(bert.frames()).isEmpty();
        assertThat(annas.passed(BERT).sent().frames()).isEqualTo(1);
        assertThat(network.lost(ANNA, BERT)).isEqualTo(annas.passed(BERT).sent());
    }

    @Test
    void aLostAnswerLeavesTheRequestDone() throws UnreachableException {
        network.disturb(BERT, ANNA, Faults.losing(0, 100), 1);

        CompletableFuture<byte[]> answer = annas.request(BERT, text("question"), TIMEOUT);
        scheduler.advance(TIMEOUT);

        assertThat(answer).isCompletedExceptionally();
        assertThat(bert.frames()).hasSize(1);
        assertThat(network.lost(BERT, ANNA)).isEqualTo(berts.passed(ANNA).sent());
    }

    @Test
    void aRepeatedFrameArrivesTwice() throws UnreachableException {
        disturb(Faults.NONE.duplicating(100));

        annas.send(BERT, text("hello"));
        scheduler.runUntilIdle();

        assertThat(bert.frames()).containsExactly(text("hello"), text("hello"));
        assertThat(network.duplicated(ANNA, BERT).frames()).isEqualTo(1);
        assertThat(berts.passed(ANNA).received().frames()).isEqualTo(2);
    }

    @Test
    void whatTakesItsTimeStaysInOrder() throws UnreachableException {
        disturb(Faults.NONE.delaying(Duration.ofSeconds(1)));
        List<byte[]> sent = IntStream.range(0, 50)
                .mapToObj(number -> text("frame " + number))
                .toList();
        for (byte[] frame : sent) {
            annas.send(BERT, frame);
        }
        scheduler.runUntilIdle();
        assertThat(bert.frames()).hasSizeLessThan(50);
        network.heal();
        annas.send(BERT, text("last"));
        scheduler.advance(Duration.ofSeconds(1));

        assertThat(bert.frames().subList(0, 50)).containsExactlyElementsOf(sent);
        assertThat(bert.frames()).hasSize(51);
        assertThat(network.isEmpty()).isTrue();
    }

    @Test
    void whatIsOnTheWayWhenALinkTearsIsLost() throws UnreachableException {
        annas.send(BERT, text("hello"));
        network.tear(ANNA, BERT);
        scheduler.runUntilIdle();

        assertThat(bert.frames()).isEmpty();
        assertThat(bert.edges()).containsExactly("up Anna", "down");
        assertThat(network.lost(ANNA, BERT).frames()).isEqualTo(1);
    }

    @Test
    void nobodyIsToldOfAPowerCutUntilTheDeviceComesBack() throws UnreachableException {
        network.freeze(BERT);
        annas.send(BERT, text("hello"));
        scheduler.runUntilIdle();
        assertThat(anna.edges()).containsExactly("up Bert");

        network.join(BERT, "Bert").start(bert);
        network.connect(ANNA, BERT);
        scheduler.runUntilIdle();
        assertThat(anna.edges()).containsExactly("up Bert", "down", "up Bert");
        assertThat(network.lost(ANNA, BERT).frames()).isEqualTo(1);
        assertThat(bert.frames()).isEmpty();
    }

    private void disturb(Faults faults) {
        network.disturb(ANNA, BERT, faults, 1);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
