package io.librarysync.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops a device of this machine. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Stops the device; returns when its process is gone.")
final class StopCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Terminal terminal;

    @Mixin
    DeviceOptions options = new DeviceOptions();

    StopCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        NodeFile node = options.node(terminal);
        ProcessHandle process = node.process().orElseThrow();
        if (!process.destroy() && process.isAlive()) {
            throw CommandFailure.couldNot(
                    "process %d may not be stopped from here; use the account that started the device"
                            .formatted(node.pid()));
        }
        try {
            process.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw CommandFailure.couldNot(
                    "the device did not stop within %d s; its process is %d".formatted(LIMIT.toSeconds(), node.pid()));
        }
        return 0;
    }
}
