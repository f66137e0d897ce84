package io.librarysync.cli;

import io.librarysync.cli.DeviceOptions.Asked;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A device that is asked again and again. Once it has answered it may be gone for a while, and may come back as another process. */
final class Watched {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

    private final DeviceOptions options;
    private final Terminal terminal;
    private @Nullable Asked answered;
    private @Nullable Outage outage;

    Watched(DeviceOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    /** Since when there is no answer. */
    private record Outage(Instant since, long nanos) {}

    /** What came of a question. */
    sealed interface Answer permits Frame, Gone {}

    /**
     * An answer.
     *
     * @param device who gave it
     * @param news what happened to the device since the frame before; null if nothing did
     */
    record Frame(String text, String device, Instant at, @Nullable String news) implements Answer {}

    /**
     * No answer.
     *
     * @param isNew whether the question before was answered
     * @param isFinal whether it is time to give up
     */
    record Gone(String reason, Instant since, boolean isNew, boolean isFinal) implements Answer {}

    /** Asks once. If the device has never answered yet, that is a {@link CommandFailure} as for any command. */
    Answer ask(Function<DeviceClient, String> question) {
        try {
            Asked asked = options.asked(terminal);
            return frame(question.apply(options.client(terminal).within(LONGEST_ANSWER)), asked);
        } catch (CommandFailure e) {
            if (answered == null) {
                throw e;
            }
            return gone(String.valueOf(e.getMessage()));
        }
    }

    private Frame frame(String text, Asked by) {
        Frame frame = new Frame(text, by.name(), now(), news(by));
        answered = by;
        outage = null;
        return frame;
    }

    private @Nullable String news(Asked by) {
        if (answered != null && !answered.equals(by)) {
            return "restarted";
        }
        return outage == null ? null : "answers again";
    }

    private Gone gone(String reason) {
        Outage before = outage;
        Outage lasting =
                before != null ? before : new Outage(now(), terminal.clock().nanos());
        outage = lasting;
        long nanos = terminal.clock().nanos() - lasting.nanos();
        return new Gone(reason, lasting.since(), before == null, nanos >= PATIENCE.toNanos());
    }

    private Instant now() {
        return Instant.ofEpochMilli(terminal.clock().millis());
    }
}
