package io.librarysync.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;
import org.jline.utils.Signals;

/** A live screen by JLine, in the alternate screen of a terminal. An interrupt is a {@link Key#QUIT}. */
final class JLineScreen implements LiveScreen {
    private static final int ESCAPE = 27;
    private static final long SEQUENCE_MILLIS = 50;

    static {
        // the line graphics of old terminals, which JLine would send for ├ and ─, are not what a UTF-8 terminal expects
        System.setProperty(TerminalBuilder.PROP_DISABLE_ALTERNATE_CHARSET, "true");
    }

    private final Terminal terminal;
    private final Attributes before;
    private final Display display;
    private final BlockingQueue<Key> keys = new LinkedBlockingQueue<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Size size;
    private Size shown = new Size(0, 0);

    JLineScreen(Terminal terminal) {
        this.terminal = terminal;
        this.before = terminal.enterRawMode();
        this.display = new Display(terminal, true);
        this.size = terminal.getSize();
        terminal.handle(Signal.INT, signal -> keys.add(Key.QUIT));
        terminal.handle(Signal.WINCH, signal -> resized());
        terminal.handle(Signal.TSTP, SignalHandler.SIG_IGN);
        enter();
        Thread reading = new Thread(this::readKeys, "keys");
        reading.setDaemon(true);
        reading.start();
    }

    /** The terminal of this process. */
    static LiveScreen ofSystem() {
        try {
            JLineScreen screen = new JLineScreen(TerminalBuilder.builder()
                    .system(true)
                    .dumb(false)
                    .providers(TerminalBuilder.PROP_PROVIDER_EXEC)
                    .encoding(StandardCharsets.UTF_8)
                    .build());
            Runtime.getRuntime().addShutdownHook(new Thread(screen::close, "leave the screen"));
            return screen;
        } catch (IOException | IllegalStateException e) {
            throw CommandFailure.couldNot(
                    "this terminal cannot show a live screen (%s); try --watch | cat".formatted(e.getMessage()));
        }
    }

    /** Runs {@code reaction} at an interrupt instead of ending the process. */
    static void onInterrupt(Runnable reaction) {
        Signals.register(Signal.INT.name(), reaction);
    }

    @Override
    public int rows() {
        return size.getRows();
    }

    @Override
    public int columns() {
        return size.getColumns();
    }

    @Override
    public void show(List<String> lines) {
        Size now = size;
        if (!now.equals(shown)) {
            display.clear();
            display.resize(now.getRows(), now.getColumns());
            shown = now;
        }
        display.update(fitted(lines, now), 0);
    }

    /** What fits, in a list that JLine may add to. */
    private static List<AttributedString> fitted(List<String> lines, Size window) {
        List<AttributedString> fitted = new ArrayList<>();
        for (String line : lines.subList(0, Math.min(lines.size(), window.getRows()))) {
            fitted.add(AttributedString.fromAnsi(line).columnSubSequence(0, window.getColumns()));
        }
        return fitted;
    }

    @Override
    public Key await(Duration limit) {
        try {
            Key key = keys.poll(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
            return key == null ? Key.NONE : key;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Key.QUIT;
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            leave();
            try {
                terminal.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void enter() {
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        terminal.flush();
    }

    private void leave() {
        terminal.puts(Capability.exit_ca_mode);
        terminal.puts(Capability.cursor_visible);
        terminal.flush();
        terminal.setAttributes(before);
    }

    private void resized() {
        size = terminal.getSize();
        keys.add(Key.RESIZED);
    }

    private void readKeys() {
        try {
            NonBlockingReader reader = terminal.reader();
            for (int input = reader.read(); input >= 0; input = reader.read()) {
                keys.add(Key.of(input == ESCAPE ? sequence(reader) : Character.toString(input)));
            }
        } catch (IOException e) {
            // it is closed, as at the end of input
        }
        keys.add(Key.QUIT);
    }

    /** What follows an escape: nothing, or an introducer and all up to a final character. */
    private static String sequence(NonBlockingReader reader) throws IOException {
        StringBuilder sequence = new StringBuilder();
        for (int input = reader.read(SEQUENCE_MILLIS); input >= 0; input = reader.read(SEQUENCE_MILLIS)) {
            sequence.append((char) input);
            if (sequence.length() > 1 && input >= '@') {
                break;
            }
        }
        return sequence.toString();
    }
}
