package io.librarysync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JLineScreenTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final PipedOutputStream keyboard = new PipedOutputStream();
    private final ByteArrayOutputStream window = new ByteArrayOutputStream();
    private final ExternalTerminal terminal;
    private final JLineScreen screen;

    JLineScreenTest() throws IOException {
        terminal =
                new ExternalTerminal("test", "xterm", new PipedInputStream(keyboard), window, StandardCharsets.UTF_8);
        terminal.setSize(new Size(20, 5));
        screen = new JLineScreen(terminal);
    }

    @AfterEach
    void close() {
        screen.close();
    }

    @Test
    void keysComeInAsTheyArePressed() throws IOException {
        keyboard.write("p?\u001b[6~x\u001bOA3q".getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
        assertThat(keys(7))
                .containsExactly(Key.PAUSE, Key.HELP, Key.PAGE_DOWN, Key.NONE, Key.UP, Key.DATA_VOLUME, Key.QUIT);
    }

    @Test
    void anInterruptAsksToQuit() {
        terminal.raise(Signal.INT);
        assertThat(screen.await(PATIENCE)).isEqualTo(Key.QUIT);
    }

    @Test
    void anotherSizeIsKnownAtOnce() {
        terminal.setSize(new Size(40, 9));
        terminal.raise(Signal.WINCH);
        assertThat(screen.await(PATIENCE)).isEqualTo(Key.RESIZED);
        assertThat(List.of(screen.columns(), screen.rows())).containsExactly(40, 9);
    }

    @Test
    void linesAreCutAtTheEdgeAndColoursStay() {
        screen.show(List.of("\u001b[32mgreen\u001b[0m 日本語日本語日本語", "├─ b", "c", "d", "e", "beyond"));
        assertThat(shown()).contains("\u001b[32mgreen\u001b[0m 日本語日本語日", "├─ b").doesNotContain("beyond", "日本語日本語日本");
    }

    @Test
    void onlyWhatHasChangedIsDrawnAgain() {
        screen.show(List.of("Sync Metrics", "Total: 10"));
        window.reset();
        screen.show(List.of("Sync Metrics", "Total: 11"));
        assertThat(shown()).contains("1").doesNotContain("Sync", "Total");
    }

    @Test
    void itLeavesTheTerminalAsItWas() {
        assertThat(shown()).contains("\u001b[?1049h", "\u001b[?25l");
        window.reset();
        screen.close();
        screen.close();
        assertThat(shown()).contains("\u001b[?1049l", "\u001b[?12;25h").doesNotContain("\u001b[?1049h");
    }

    private String shown() {
        return window.toString(StandardCharsets.UTF_8);
    }

    private List<Key> keys(int count) {
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(screen.await(PATIENCE));
        }
        return keys;
    }
}
