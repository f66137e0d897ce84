package io.librarysync.engine;

import io.librarysync.domain.ClockOffset;
import io.librarysync.domain.Fault;
import io.librarysync.domain.Reach;
import io.librarysync.domain.SyncState;
import io.librarysync.record.SyncRecorder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks every peer that can be asked, all at once and with a limit of time. Lives on the loop. */
final class PeerRound {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Device device;
    private final Port port;

    PeerRound(Device device, Port port) {
        this.device = device;
        this.port = port;
    }

    /**
     * What came of asking a peer.
     *
     * @param answer null if it gave none
     * @param failure why the question that was sent was not answered; null if it was, or none was sent
     * @param asked what our wall clock showed when the question was sent
     * @param waited how many milliseconds the answer took
     */
    record Told<T extends Message>(
            Peer peer, Reach reach, @Nullable T answer, @Nullable Fault failure, long asked, double waited) {

        /** What the answer tells of the peer's clock, given what that showed. */
        ClockOffset clock(long shown) {
            return ClockOffset.read(shown, asked, waited);
        }
    }

    /** Asks each peer a question of its own, to be answered with a message of one type. */
    <T extends Message> CompletableFuture<List<Told<T>>> ask(Function<Peer, Message> question, Class<T> type) {
        List<CompletableFuture<Told<T>>> told = device.peers().all().stream()
                .map(peer -> ask(peer, question, type))
                .toList();
        return CompletableFuture.allOf(told.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> told.stream().map(CompletableFuture::join).toList());
    }

    private <T extends Message> CompletableFuture<Told<T>> ask(
            Peer peer, Function<Peer, Message> question, Class<T> type) {
        long asked = device.nowMillis();
        Reach unasked = whyNotAsked(peer);
        if (unasked != null) {
            return CompletableFuture.completedFuture(new Told<>(peer, unasked, null, null, asked, 0));
        }
        CompletableFuture<Told<T>> told = new CompletableFuture<>();
        SyncRecorder recorder = device.recorder();
        long started = device.parts().clock().nanos();
        port.request(peer.id, port.envelope(question.apply(peer)), LIMIT, recorder, answer -> {
            T message = answer.as(type);
            Fault failure = message == null ? answer.failure() : null;
            double waited = (double) (answer.nanos() - started) / NANOS_PER_MILLI;
            Reach reach = failure == null ? Reach.ANSWERED : failed(failure);
            told.complete(new Told<>(peer, reach, message, failure, asked, waited));
        });
        return told;
    }

    private @Nullable Reach whyNotAsked(Peer peer) {
        if (!peer.online) {
            return Reach.OFFLINE;
        }
        if (peer.refused) {
            return Reach.REFUSED;
        }
        if (device.isPaused()) {
            return Reach.NOT_ASKED;
        }
        return peer.state == SyncState.PAUSED ? Reach.PAUSED : null;
    }

    private static Reach failed(Fault failure) {
        return switch (failure.cause()) {
            case ProtocolHandler.PAUSED -> Reach.PAUSED;
            case PeerSync.REWOUND -> Reach.REFUSED;
            case "timeout" -> Reach.SILENT;
            case "unreachable" -> Reach.OFFLINE;
            case ProtocolHandler.NOT_LOOKED_UP, ProtocolHandler.BUSY -> Reach.FAILED;
            default -> Reach.CANNOT_SAY;
        };
    }
}
