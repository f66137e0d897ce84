package io.librarysync.cli;

import io.librarysync.cli.Watched.Answer;
import io.librarysync.cli.Watched.Frame;
import io.librarysync.cli.Watched.Gone;
import java.time.Duration;
import java.util.function.Function;

/** Frames one after the other on standard output, for a pipe or a file. What happens to the device is told on standard error. */
final class FrameStream {
    private final Watched device;
    private final Pace pace;
    private final Terminal terminal;

    FrameStream(Watched device, Pace pace, Terminal terminal) {
        this.device = device;
        this.pace = pace;
        this.terminal = terminal;
    }

    /** Prints until enough was printed or nobody reads any more, exit code 0, or the device is gone for good, exit code 1. */
    int run(Function<DeviceClient, String> question, Function<Frame, String> format) {
        terminal.endAtInterrupt().run();
        long printed = 0;
        while (true) {
            long asked = terminal.clock().nanos();
            Answer answer = device.ask(question);
            if (answer instanceof Gone gone && gone.isFinal()) {
                return 1;
            }
            printed += print(answer, format);
            if (printed == pace.frames() || terminal.out().checkError()) {
                return 0;
            }
            pause(pace.after(answer).minusNanos(terminal.clock().nanos() - asked));
        }
    }

    /** How many frames that was. */
    private int print(Answer answer, Function<Frame, String> format) {
        if (answer instanceof Frame frame) {
            tell(frame);
            terminal.out().println(format.apply(frame));
            return 1;
        }
        tell((Gone) answer);
        return 0;
    }

    private void tell(Frame frame) {
        if (frame.news() != null) {
            terminal.err().println("sd: " + frame.device() + " " + frame.news());
        }
    }

    private void tell(Gone gone) {
        if (gone.isNew()) {
            terminal.err()
                    .println("sd: %s; trying again for %d s".formatted(gone.reason(), Watched.PATIENCE.toSeconds()));
        }
    }

    private void pause(Duration rest) {
        if (rest.compareTo(Duration.ZERO) > 0) {
            terminal.pause().accept(rest);
        }
    }
}
