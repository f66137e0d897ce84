package io.librarysync.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A command that asks a running device. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
abstract class DeviceCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    DeviceOptions options = new DeviceOptions();

    DeviceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    Terminal terminal() {
        return terminal;
    }

    /** Asks the device and prints what it answers. */
    abstract void run(DeviceClient device, Terminal terminal);

    /** Refuses what makes no sense, before any device is looked for. */
    void check() {}

    @Override
    public Integer call() {
        check();
        run(options.client(terminal), terminal);
        return 0;
    }
}
