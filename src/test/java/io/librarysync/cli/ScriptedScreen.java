package io.librarysync.cli;

import io.librarysync.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** A live screen in front of which everything happens that a script says; then somebody quits. */
final class ScriptedScreen implements LiveScreen {
    static final int ROWS = 8;

    final List<String> frames = new ArrayList<>();
    boolean closed;
    private final ManualClock clock;
    private final Deque<Supplier<Key>> script = new ArrayDeque<>();
    private Duration limit = Duration.ZERO;

    ScriptedScreen(ManualClock clock) {
        this.clock = clock;
    }

    ScriptedScreen press(Key... keys) {
        for (Key key : keys) {
            script.add(() -> key);
        }
        return this;
    }

    /** Nobody presses anything for as long as is waited. */
    ScriptedScreen idle() {
        script.add(() -> {
            clock.advance(limit);
            return Key.NONE;
        });
        return this;
    }

    ScriptedScreen then(Runnable event) {
        script.add(() -> {
            event.run();
            return Key.NONE;
        });
        return this;
    }

    String last() {
        return frames.get(frames.size() - 1);
    }

    @Override
    public int rows() {
        return ROWS;
    }

    @Override
    public int columns() {
        return 80;
    }

    @Override
    public void show(List<String> lines) {
        frames.add(String.join("\n", lines));
    }

    @Override
    public Key await(Duration longest) {
        limit = longest;
        return script.isEmpty() ? Key.QUIT : script.remove().get();
    }

    @Override
    public void close() {
        closed = true;
    }
}
