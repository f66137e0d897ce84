package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Fault;
import io.librarysync.domain.MessageType;
import io.librarysync.record.SyncRecorder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The transport as the engine uses it: messages instead of payloads, and every payload that passes is reported. */
final class Port {

    private final Device device;

    Port(Device device) {
        this.device = device;
    }

    /** What came of a request: exactly one of the two is there. It came at {@code nanos}, before it waited for the loop. */
    record Answer(@Nullable Message message, @Nullable Fault fault, long nanos) {

        /** The answer as {@code type}; null, with the fault left to report, if it is anything else. */
        <T extends Message> @Nullable T as(Class<T> type) {
            return type.isInstance(message) ? type.cast(message) : null;
        }

        Fault failure() {
            if (fault != null) {
                return fault;
            }
            if (message instanceof Message.Refusal refusal) {
                return new Fault(refusal.reason(), refusal.message());
            }
            return new Fault("unexpected", "an answer of another type");
        }
    }

    /** A message ready to be sent to any number of peers; nobody changes its bytes. */
    static final class Encoded {
        private final MessageType type;
        private final byte[] payload;
        private final @Nullable Fault tooLarge;

        private Encoded(MessageType type, byte[] payload, @Nullable Fault tooLarge) {
            this.type = type;
            this.payload = payload;
            this.tooLarge = tooLarge;
        }

        int size() {
            return payload.length;
        }
    }

    Encoded encoded(Envelope envelope) {
        MessageType type = envelope.message().type();
        try {
            return new Encoded(type, device.codec().encode(envelope), null);
        } catch (IllegalArgumentException e) {
            return new Encoded(type, new byte[0], new Fault("too_large", String.valueOf(e.getMessage())));
        }
    }

    Envelope envelope(Message message) {
        EngineParts parts = device.parts();
        return new Envelope(parts.library(), parts.device(), parts.uuids().get(), 0, message);
    }

    /** Sends a one-way message; returns whether the port accepted it. */
    boolean send(DeviceId peer, Message message, SyncRecorder recorder) {
        byte[] payload = device.codec().encode(envelope(message));
        try {
            device.parts().transport().send(peer, payload);
        } catch (UnreachableException e) {
            return false;
        }
        recorder.frameSent(peer, message.type(), payload.length);
        return true;
    }

    /**
     * Sends a request; {@code onAnswer} runs on the loop, within about {@code timeout}.
     *
     * @return whether the port accepted it
     */
    boolean request(
            DeviceId peer, Envelope envelope, Duration timeout, SyncRecorder recorder, Consumer<Answer> onAnswer) {
        return request(peer, encoded(envelope), timeout, recorder, onAnswer);
    }

    boolean request(
            DeviceId peer, Encoded request, Duration timeout, SyncRecorder recorder, Consumer<Answer> onAnswer) {
        Fault tooLarge = request.tooLarge;
        if (tooLarge != null) {
            fail(tooLarge, onAnswer);
            return false;
        }
        CompletableFuture<byte[]> answer;
        try {
            answer = device.parts().transport().request(peer, request.payload, timeout);
        } catch (UnreachableException | IllegalArgumentException e) {
            String cause = e instanceof UnreachableException ? "unreachable" : "too_large";
            fail(new Fault(cause, String.valueOf(e.getMessage())), onAnswer);
            return false;
        }
        recorder.frameSent(peer, request.type, request.payload.length);
        var unused = answer.whenComplete(counting(peer, recorder)).whenComplete((bytes, failure) -> {
            long nanos = nanos();
            device.loop().execute(() -> onAnswer.accept(answerOf(peer, bytes, failure, nanos, recorder)));
        });
        return true;
    }

    private void fail(Fault fault, Consumer<Answer> onAnswer) {
        long nanos = nanos();
        device.loop().execute(() -> onAnswer.accept(new Answer(null, fault, nanos)));
    }

    private long nanos() {
        return device.parts().clock().nanos();
    }

    /** Answers a request; from any thread. */
    void reply(DeviceId peer, Message message, SyncRecorder recorder, Consumer<byte[]> reply) {
        byte[] payload = device.codec().encode(envelope(message));
        reply.accept(payload);
        recorder.frameSent(peer, message.type(), payload.length);
    }

    /** Reads a payload that the port took; null, reported, if it is no message of this library from that peer. */
    @Nullable
    Envelope decode(DeviceId peer, byte[] payload, SyncRecorder recorder) {
        try {
            Envelope envelope = device.codec().decode(payload);
            if (!envelope.library().equals(device.parts().library())
                    || !envelope.from().equals(peer)) {
                throw new MalformedException("a message of another library or device", null);
            }
            return envelope;
        } catch (MalformedException e) {
            recorder.frameRejected(peer, e.fault());
            return null;
        }
    }

    private BiConsumer<byte @Nullable [], @Nullable Throwable> counting(DeviceId peer, SyncRecorder recorder) {
        return (bytes, failure) -> {
            if (bytes != null) {
                recorder.frameReceived(peer, device.codec().peek(bytes), bytes.length);
            }
        };
    }

    private Answer answerOf(
            DeviceId peer, byte @Nullable [] bytes, @Nullable Throwable failure, long nanos, SyncRecorder recorder) {
        if (bytes == null) {
            return new Answer(null, faultOf(failure), nanos);
        }
        Envelope envelope = decode(peer, bytes, recorder);
        return envelope == null
                ? new Answer(null, new Fault("malformed", "an answer that cannot be read"), nanos)
                : new Answer(envelope.message(), null, nanos);
    }

    private static Fault faultOf(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            return new Fault("timeout", "no answer in time");
        }
        return new Fault("unreachable", cause == null ? "no answer" : String.valueOf(cause.getMessage()));
    }
}
