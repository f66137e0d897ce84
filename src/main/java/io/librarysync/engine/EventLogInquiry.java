package io.librarysync.engine;

import io.librarysync.domain.EventLogAnswer;
import io.librarysync.domain.EventLogQuery;
import io.librarysync.domain.Fault;
import io.librarysync.domain.LoggedEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the event logs of peers, and lets them read the one of this device: answers are bounded, and so is how many are worked
 * on at a time.
 */
final class EventLogInquiry {

    private static final int MOST_EVENTS = 10_000;
    private static final int MOST_AT_ONCE = 8;
    /** What an event costs on the wire besides its text. */
    private static final int EVENT_BYTES = 160;

    private final Device device;
    private final PeerRound peers;
    private final AtomicInteger running = new AtomicInteger();

    EventLogInquiry(Device device, PeerRound peers) {
        this.device = device;
        this.peers = peers;
    }

    /** What the peers answer, each as it is called here; from any thread. */
    CompletableFuture<List<EventLogAnswer>> ask(EventLogQuery query) {
        return device.loop().call(() -> peers.ask(
                        peer -> new Message.EventLogRequest(query.asSeenBy(peer.clock)), Message.EventLogResponse.class)
                .thenApplyAsync(told -> told.stream().map(this::answer).toList(), device.loop()));
    }

    private EventLogAnswer answer(PeerRound.Told<Message.EventLogResponse> told) {
        Peer peer = told.peer();
        Fault failure = told.failure();
        Message.EventLogResponse response = told.answer();
        if (failure != null) {
            device.recorder().requestFailed(peer.id, failure);
        }
        if (response == null) {
            return new EventLogAnswer(peer.id, peer.name, told.reach(), peer.clock, List.of(), false);
        }
        peer.clock = peer.clock.and(told.clock(response.clock()));
        return new EventLogAnswer(peer.id, peer.name, told.reach(), peer.clock, response.events(), response.hasMore());
    }

    /** Answers a peer; the future is completed by whoever reads the log. */
    CompletableFuture<Message> answer(EventLogQuery query) {
        if (query.limit() < 0) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("a limit is not negative: " + query.limit()));
        }
        if (running.incrementAndGet() > MOST_AT_ONCE) {
            running.decrementAndGet();
            return CompletableFuture.completedFuture(
                    new Message.Refusal(ProtocolHandler.BUSY, "too many ask for events at once"));
        }
        int limit = Math.min(query.limit(), MOST_EVENTS);
        return device.parts()
                .events()
                .find(query.withLimit(limit + 1))
                .<Message>thenApply(found -> response(found, limit, query.limit()))
                .whenComplete((answer, failure) -> running.decrementAndGet());
    }

    private Message.EventLogResponse response(List<LoggedEvent> found, int limit, int wanted) {
        List<LoggedEvent> fitting = fitting(found.subList(0, Math.min(limit, found.size())));
        boolean hasMore = fitting.size() < found.size() && fitting.size() < wanted;
        return new Message.EventLogResponse(fitting, hasMore, device.nowMillis());
    }

    private List<LoggedEvent> fitting(List<LoggedEvent> events) {
        long room = Math.min(
                device.config().get(EngineKey.PAGE_MAX_BYTES), device.config().get(EngineKey.PAYLOAD_MAX_BYTES) / 2);
        int count = 0;
        while (count < events.size() && room >= sizeOf(events.get(count))) {
            room -= sizeOf(events.get(count));
            count++;
        }
        return List.copyOf(events.subList(0, count));
    }

    private static long sizeOf(LoggedEvent event) {
        Stream<@Nullable String> texts = Stream.of(
                event.run(), event.type(), event.peerId(), event.peerName(), event.correlationId(), event.summary());
        return EVENT_BYTES
                + Stream.concat(texts, event.models().stream())
                        .mapToLong(text -> text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length)
                        .sum();
    }
}
