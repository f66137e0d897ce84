package io.librarysync.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only has commands below it; typed alone it is wrong usage and names them. */
abstract class CommandGroup implements Runnable {
    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "%s: needs a command; there is %s"
                        .formatted(
                                spec.name(),
                                String.join(", ", spec.subcommands().keySet())));
    }

    @Command(
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "The directories that the device keeps in its library.")
    static final class Location extends CommandGroup {}

    @Command(
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Words attached to entries.")
    static final class Tag extends CommandGroup {}

    @Command(
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "What sync does, and the switches for it.")
    static final class Sync extends CommandGroup {}
}
