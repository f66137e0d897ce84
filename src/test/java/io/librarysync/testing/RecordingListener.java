package io.librarysync.testing;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Fault;
import io.librarysync.domain.RefusalReason;
import io.librarysync.engine.Transport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keeps what a transport tells, and answers requests at once unless it is told to be silent. */
public final class RecordingListener implements Transport.Listener {

    private final List<String> edges = new CopyOnWriteArrayList<>();
    private final List<RefusalReason> refusals = new CopyOnWriteArrayList<>();
    private final List<byte[]> frames = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable UnaryOperator<byte[]>> answer = new AtomicReference<>(request -> request);

    /** {@code up NAME} and {@code down} in the order told. */
    public List<String> edges() {
        return List.copyOf(edges);
    }

    public List<RefusalReason> refusals() {
        return List.copyOf(refusals);
    }

    /** One-way frames and requests in the order they came. */
    public List<byte[]> frames() {
        return List.copyOf(frames);
    }

    public boolean isUp() {
        return !edges.isEmpty() && edges.get(edges.size() - 1).startsWith("up");
    }

    /** Requests get no answer from now on. */
    public void fallSilent() {
        answer.set(null);
    }

    @Override
    public void peerUp(DeviceId peer, String name) {
        edges.add("up " + name);
    }

    @Override
    public void peerDown(DeviceId peer, String reason) {
        edges.add("down");
    }

    @Override
    public void peerRefused(RefusalReason reason, @Nullable DeviceId peer, Fault fault) {
        refusals.add(reason);
    }

    @Override
    public void received(DeviceId peer, byte[] payload) {
        frames.add(payload);
    }

    @Override
    public void requested(DeviceId peer, byte[] payload, Consumer<byte[]> reply) {
        frames.add(payload);
        UnaryOperator<byte[]> answering = answer.get();
        if (answering != null) {
            reply.accept(answering.apply(payload));
        }
    }
}
