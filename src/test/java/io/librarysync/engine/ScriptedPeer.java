package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Fault;
import io.librarysync.domain.RefusalReason;
import io.librarysync.domain.SyncState;
import io.librarysync.testing.TestDevice;
import io.librarysync.testing.TestLibrary;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A peer that says what a test makes it say. It answers heartbeats and exchanges, takes no changes and gives no pages. */
final class ScriptedPeer implements Transport.Listener {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final TestLibrary library;
    private final TestDevice other;
    private final Transport transport;
    private final DeviceId id;
    private final MessageCodec codec = new MessageCodec(WireFormat.JSON, 1 << 20);
    private final List<Message> asked = new ArrayList<>();
    private Heads heads = Heads.NONE;
    private Duration delay = Duration.ZERO;
    private boolean silent;
    private final Map<Class<? extends Message>, Message> answers = new HashMap<>();
    private boolean isTaking;
    private @Nullable Class<? extends Message> distorted;
    private byte[] distortion = new byte[0];
    private @Nullable Function<Message, Message> pages;

    ScriptedPeer(TestLibrary library, TestDevice other) {
        this.library = library;
        this.other = other;
        this.id = new DeviceId(library.uuids().get());
        this.transport = library.network().join(id, "Scripted");
        transport.start(this);
    }

    DeviceId id() {
        return id;
    }

    /** How far it says it is from now on. */
    void claim(Heads claimed) {
        heads = claimed;
    }

    /** How long it takes to answer a heartbeat from now on. */
    void answerAfter(Duration longer) {
        delay = longer;
    }

    /** What it answers to messages of that type; nothing before. */
    void answer(Class<? extends Message> type, Message answer) {
        answers.put(type, answer);
    }

    /** Answers the next message of that type, once, with whatever {@code payload} is. */
    void answerOnce(Class<? extends Message> type, byte[] payload) {
        distorted = type;
        distortion = payload.clone();
    }

    /** What it answers whoever asks for a page; a refusal before. */
    void answerPages(Function<Message, Message> answer) {
        pages = answer;
    }

    /** Takes changes from now on. */
    void takeChanges() {
        isTaking = true;
    }

    /** Answers no heartbeat any more. */
    void fallSilent() {
        silent = true;
    }

    void connect() {
        library.network().connect(id, other.id());
        library.scheduler().runUntilIdle();
    }

    void disconnect() {
        library.network().disconnect(id, other.id());
    }

    /** What it was asked, heartbeats left out. */
    List<Message> asked() {
        return List.copyOf(asked);
    }

    /** Sends a request and returns its answer, once the scheduler ran. */
    CompletableFuture<Message> request(Message message) {
        return request(message, UnaryOperator.identity());
    }

    /** Sends a request of which the text is another than this engine would write. */
    CompletableFuture<Message> request(Message message, UnaryOperator<String> distortion) {
        String text = new String(codec.encode(envelope(message)), StandardCharsets.UTF_8);
        try {
            return transport
                    .request(other.id(), distortion.apply(text).getBytes(StandardCharsets.UTF_8), TIMEOUT)
                    .thenApply(this::messageOf);
        } catch (UnreachableException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends whatever {@code payload} is as a request, and waits for nothing. */
    void requestRaw(byte[] payload) {
        try {
            var unused = transport.request(other.id(), payload, TIMEOUT);
        } catch (UnreachableException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same as a message that nobody answers. */
    void sendRaw(byte[] payload) {
        try {
            transport.send(other.id(), payload);
        } catch (UnreachableException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How it says {@code message} on the wire. */
    byte[] encoded(Message message, WireFormat format) {
        return new MessageCodec(format, 1 << 20).encode(envelope(message));
    }

    /** Sends a batch, which is taken before this returns. */
    void tell(Message batch) {
        var unused = request(batch);
        library.scheduler().runUntilIdle();
    }

    void send(Message message) {
        try {
            transport.send(other.id(), codec.encode(envelope(message)));
        } catch (UnreachableException e) {
            throw new IllegalStateException(e);
        }
        library.scheduler().runUntilIdle();
    }

    @Override
    public void peerUp(DeviceId peer, String name) {}

    @Override
    public void peerDown(DeviceId peer, String reason) {}

    @Override
    public void peerRefused(RefusalReason reason, @Nullable DeviceId peer, Fault fault) {}

    @Override
    public void received(DeviceId peer, byte[] payload) {}

    @Override
    public void requested(DeviceId peer, byte[] payload, Consumer<byte[]> reply) {
        Message message = messageOf(payload);
        Class<? extends Message> once = distorted;
        if (once != null && once.isInstance(message)) {
            distorted = null;
            reply.accept(distortion);
            return;
        }
        if (message instanceof Message.Heartbeat) {
            if (silent) {
                return;
            }
            Message answer = new Message.Heartbeat(
                    heads, SyncState.READY, 0, library.clock().millis());
            var unused = library.scheduler().after(delay, () -> reply.accept(codec.encode(envelope(answer))));
            return;
        }
        asked.add(message);
        Message known = answers.get(message.getClass());
        if (known != null) {
            reply.accept(codec.encode(envelope(known)));
        } else if (isTaking && message instanceof Message.StateBatch batch) {
            reply.accept(codec.encode(envelope(
                    new Message.Receipt(UUID.randomUUID(), batch.records().size()))));
        }
        if (message instanceof Message.WatermarkExchangeRequest) {
            reply.accept(codec.encode(envelope(new Message.WatermarkExchangeResponse(
                    new Message.Standing(heads, List.of(), SyncState.READY, 0, List.of())))));
        } else if (message instanceof Message.StateRequest || message instanceof Message.SharedChangeRequest) {
            Function<Message, Message> answer = pages;
            reply.accept(codec.encode(
                    envelope(answer == null ? new Message.Refusal("none", "no pages here") : answer.apply(message))));
        }
    }

    private Envelope envelope(Message message) {
        return new Envelope(library.id(), id, UUID.randomUUID(), 0, message);
    }

    private Message messageOf(byte[] payload) {
        try {
            return codec.decode(payload).message();
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }
}
