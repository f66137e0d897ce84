package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Fault;
import io.librarysync.domain.RefusalReason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The port through which payloads travel. Frames of one sender arrive in the order sent, requests and one-way frames alike.
 * Bytes and frames are counted by the caller of this port, on its own payloads; joining, encryption, fragments and
 * retransmissions are below it.
 */
public interface Transport extends AutoCloseable {

    /** Joins and begins to call {@code listener}; fails with the reason when it cannot. */
    void start(Listener listener);

    /** Hands over a one-way frame. */
    void send(DeviceId peer, byte[] payload) throws UnreachableException;

    /**
     * Hands over a request. The future always completes within {@code timeout}: with the answer, or exceptionally with
     * {@link UnreachableException} or {@link java.util.concurrent.TimeoutException}.
     *
     * @throws UnreachableException when the peer is not up; then nothing was handed over
     */
    CompletableFuture<byte[]> request(DeviceId peer, byte[] payload, Duration timeout) throws UnreachableException;

    /** Leaves; pending requests fail. No callback comes after it returns. */
    @Override
    void close();

    /** What the transport tells; callbacks return at once. */
    interface Listener {

        /** A peer proved that it belongs to this library and can be reached. */
        void peerUp(DeviceId peer, String name);

        void peerDown(DeviceId peer, String reason);

        /** A handshake was refused; {@code peer} is null when it never named itself. */
        void peerRefused(RefusalReason reason, @Nullable DeviceId peer, Fault fault);

        void received(DeviceId peer, byte[] payload);

        /** A request came; {@code reply} may be called once, from any thread. */
        void requested(DeviceId peer, byte[] payload, Consumer<byte[]> reply);
    }
}
