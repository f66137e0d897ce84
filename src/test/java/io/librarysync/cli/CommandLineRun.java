package io.librarysync.cli;

import io.librarysync.domain.SyncClock;
import io.librarysync.testing.ManualClock;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What one command line printed, and its exit code. */
record CommandLineRun(int exitCode, String out, String err) {

    /** Where commands run in tests: no terminal, UTF-8, a fixed zone. */
    static final class Shell {
        private final Path workingDirectory;
        private final Map<String, String> environment;
        private String typed = "";
        private boolean interactive;
        private SyncClock clock = SyncClock.system();
        private Consumer<Duration> pause = duration -> {};
        private @Nullable Supplier<LiveScreen> live;

        Shell(Path workingDirectory, Map<String, String> environment) {
            this.workingDirectory = workingDirectory;
            this.environment = environment;
        }

        /** Somebody sits there and types this. */
        Shell answering(String line) {
            typed = line;
            interactive = true;
            return this;
        }

        /** Time passes only where a command waits. */
        Shell at(ManualClock time) {
            clock = time;
            pause = time::advance;
            return this;
        }

        /** Something happens wherever a command waits. */
        Shell pausing(Runnable event) {
            Consumer<Duration> before = pause;
            pause = duration -> {
                event.run();
                before.accept(duration);
            };
            return this;
        }

        /** Somebody sits in front of a terminal. */
        Shell on(LiveScreen screen) {
            live = () -> screen;
            return this;
        }

        /** Every command there is. */
        CommandLine commands() {
            return Sd.commands(terminal(new StringWriter(), new StringWriter()), new NoHost());
        }

        CommandLineRun run(String... arguments) {
            return run(new NoHost(), arguments);
        }

        CommandLineRun run(NodeHost host, String... arguments) {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            int exitCode = Sd.run(terminal(out, err), host, arguments);
            return new CommandLineRun(exitCode, out.toString(), err.toString());
        }

        private Terminal terminal(StringWriter out, StringWriter err) {
            return new Terminal(
                    new BufferedReader(new StringReader(typed)),
                    new PrintWriter(out, true),
                    new PrintWriter(err, true),
                    environment,
                    workingDirectory,
                    ZoneId.of("Europe/Berlin"),
                    interactive,
                    false,
                    true,
                    clock,
                    pause,
                    live,
                    () -> {});
        }
    }

    /** A host that knows one setting and notes nothing. */
    private static final class NoHost implements NodeHost {

        @Override
        public void run(StartRequest request, Terminal terminal) {
            throw CommandFailure.couldNot("this host starts nothing");
        }

        @Override
        public List<Assignment> settings(StartRequest request) {
            return List.of(new Assignment("listen", "127.0.0.1:7800", "default"));
        }
    }
}
