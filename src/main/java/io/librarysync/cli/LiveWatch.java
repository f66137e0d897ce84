package io.librarysync.cli;

import io.librarysync.cli.Watched.Answer;
import io.librarysync.cli.Watched.Frame;
import io.librarysync.cli.Watched.Gone;
import io.librarysync.metrics.Category;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/** Keeps a live screen up to date with a device, and does what the keys say. */
final class LiveWatch {
    private static final Duration UNTIL_A_KEY = Duration.ofDays(1);

    private final Watched device;
    private final Pace pace;
    private final Terminal terminal;
    private final Question question;
    private WatchView view;
    private Answer answer;
    private long asked;
    private long frames = 1;

    /** Asks for some sections of the screen, or for all by none. */
    interface Question {
        String ask(DeviceClient device, Set<Category> shown);
    }

    /** A watch whose first frame has come. */
    LiveWatch(Watched device, Pace pace, Terminal terminal, Question question, Set<Category> shown) {
        this.device = device;
        this.pace = pace;
        this.terminal = terminal;
        this.question = question;
        this.asked = terminal.clock().nanos();
        Frame first = (Frame) device.ask(client -> question.ask(client, shown));
        this.answer = first;
        this.view =
                WatchView.of(new WatchView.Style(pace.interval(), terminal.zone(), terminal.unicode()), first, shown);
    }

    /** Shows frames until somebody quits or there were enough; a device that is gone for good is a {@link CommandFailure}. */
    void run(Supplier<LiveScreen> screens) {
        try (LiveScreen screen = screens.get()) {
            show(screen);
        }
        if (frames == pace.frames()) {
            terminal.out().println(view.frame().text().stripTrailing());
        }
    }

    private void show(LiveScreen screen) {
        screen.show(view.lines(screen.rows()));
        while (frames < pace.frames()) {
            Key key = screen.await(rest());
            if (key == Key.QUIT) {
                return;
            }
            Set<Category> before = view.shown();
            view = view.after(key, screen.rows());
            if (isDue() || !view.shown().equals(before)) {
                ask();
            }
            screen.show(view.lines(screen.rows()));
        }
    }

    private void ask() {
        asked = terminal.clock().nanos();
        answer = device.ask(client -> question.ask(client, view.shown()));
        if (answer instanceof Gone gone && gone.isFinal()) {
            throw CommandFailure.couldNot(gone.reason());
        }
        frames += answer instanceof Frame ? 1 : 0;
        view = view.with(answer);
    }

    private boolean isDue() {
        return !view.paused() && rest().isZero();
    }

    private Duration rest() {
        if (view.paused()) {
            return UNTIL_A_KEY;
        }
        Duration rest = pace.after(answer).minusNanos(terminal.clock().nanos() - asked);
        return rest.isNegative() ? Duration.ZERO : rest;
    }
}
