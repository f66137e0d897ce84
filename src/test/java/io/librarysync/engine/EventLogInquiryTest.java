package io.librarysync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.domain.EventLogAnswer;
import io.librarysync.domain.EventLogQuery;
import io.librarysync.domain.Reach;
import io.librarysync.events.EventExchange;
import io.librarysync.events.EventFilter;
import io.librarysync.events.EventQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a device makes of peers that tell no events, and of questions that are none. */
class EventLogInquiryTest extends ScriptedPeerFixture {
    private static final EventLogQuery EVERYTHING =
            EventExchange.asked(new EventQuery(EventFilter.ALL, false, 1_000, 0));

    @ParameterizedTest
    @CsvSource({
        "malformed, CANNOT_SAY",
        "unexpected, CANNOT_SAY",
        "not_understood, CANNOT_SAY",
        "not_looked_up, FAILED",
        "busy, FAILED",
        "paused, PAUSED",
        "history_rewound, REFUSED"
    })
    void aRefusalIsAnAnswerWithoutEventsAtOnce(String reason, Reach reach) {
        peer.answer(Message.EventLogRequest.class, new Message.Refusal(reason, "no"));
        long before = library.clock().nanos();

        assertThat(ask().join()).extracting(EventLogAnswer::reach).containsExactly(reach);
        assertThat(library.clock().nanos()).isEqualTo(before);
        assertThat(device.snapshot().operations().getRequestsFailed()).isOne();
        assertThat(device.snapshot().errors().getNetworkErrors()).isOne();
    }

    @Test
    void aSilentPeerIsWaitedForFiveSeconds() {
        CompletableFuture<List<EventLogAnswer>> asked = ask();
        library.scheduler().advance(Duration.ofMillis(4_999));
        assertThat(asked).isNotDone();
        library.scheduler().advance(Duration.ofMillis(1));

        assertThat(asked.join()).extracting(EventLogAnswer::reach).containsExactly(Reach.SILENT);
    }

    @Test
    void aPeerReadsTheLogByTheClockOfThisDevice() {
        CompletableFuture<Message> answer = peer.request(new Message.EventLogRequest(EVERYTHING));
        library.scheduler().runUntilIdle();

        assertThat(answer.join()).isInstanceOfSatisfying(Message.EventLogResponse.class, response -> {
            assertThat(response.clock()).isEqualTo(library.clock().millis());
            assertThat(response.hasMore()).isFalse();
            assertThat(response.events())
                    .extracting(event -> event.type() + " " + event.peerName())
                    .contains("peer_connected Scripted");
        });
        assertThat(device.snapshot().dataVolume().getFramesReceived()).containsEntry("EventLogRequest", 1L);
        assertThat(device.snapshot().dataVolume().getFramesSent()).containsEntry("EventLogResponse", 1L);
    }

    @Test
    void aQuestionThatMakesNoSenseIsRefused() {
        CompletableFuture<Message> type = peer.request(new Message.EventLogRequest(new EventLogQuery(
                null, null, List.of("teleported"), List.of(), List.of(), null, null, List.of(), true, 5)));
        CompletableFuture<Message> limit = peer.request(new Message.EventLogRequest(EVERYTHING.withLimit(-1)));
        library.scheduler().runUntilIdle();

        Message refusal = new Message.Refusal("not_understood", "the question makes no sense here");
        assertThat(type.join()).isEqualTo(refusal);
        assertThat(limit.join()).isEqualTo(refusal);
        assertThat(device.snapshot().errors().getTotalErrors()).isZero();
    }

    @Test
    void manyQuestionsAtOnceAreRefusedAndLaterOnesAnswered() {
        List<CompletableFuture<Message>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(peer.request(new Message.EventLogRequest(EVERYTHING)));
        }
        library.scheduler().runUntilIdle();
        assertThat(answers.stream().map(CompletableFuture::join))
                .filteredOn(Message.Refusal.class::isInstance)
                .hasSize(12);

        CompletableFuture<Message> later = peer.request(new Message.EventLogRequest(EVERYTHING));
        library.scheduler().runUntilIdle();
        assertThat(later.join()).isInstanceOf(Message.EventLogResponse.class);
    }

    @Test
    void aPausedDeviceTellsNothing() {
        device.pause();
        CompletableFuture<Message> answer = peer.request(new Message.EventLogRequest(EVERYTHING));
        library.scheduler().runUntilIdle();

        assertThat(answer.join()).isEqualTo(new Message.Refusal("paused", "sync is paused on this device"));
    }

    private CompletableFuture<List<EventLogAnswer>> ask() {
        CompletableFuture<List<EventLogAnswer>> asked = device.engine().eventsOfPeers(EVERYTHING);
        library.scheduler().runUntilIdle();
        return asked;
    }
}
