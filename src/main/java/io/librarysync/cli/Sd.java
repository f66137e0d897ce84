package io.librarysync.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.ParameterException;

/**
 * The command {@code sd}. Exit codes: 0 done, 1 it could not be done, 2 wrong usage; each failure is one line on standard
 * error.
 */
@Command(
        name = "sd",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Runs devices that keep a library in sync, and shows what sync does.",
        synopsisSubcommandLabel = "COMMAND")
public final class Sd extends CommandGroup {

    private Sd() {}

    /** Runs one command line and returns its exit code. */
    public static int run(Terminal terminal, NodeHost host, String... arguments) {
        CommandLine commands = commands(terminal, host);
        int exitCode = commands.execute(arguments);
        terminal.out().flush();
        terminal.err().flush();
        return exitCode;
    }

    /** All commands, as the documentation and the completion script need them too. */
    static CommandLine commands(Terminal terminal, NodeHost host) {
        Ansi ansi = terminal.colour() ? Ansi.ON : Ansi.OFF;
        CommandLine sd = new CommandLine(new Sd())
                .addSubcommand(new StartCommand(terminal, host))
                .addSubcommand(new StopCommand(terminal))
                .addSubcommand(new StatusCommand(terminal))
                .addSubcommand(location(terminal))
                .addSubcommand(tag(terminal))
                .addSubcommand(new SearchCommand(terminal))
                .addSubcommand(sync(terminal, host))
                .addSubcommand(new ConfigCommand(terminal, host))
                .addSubcommand(new CompletionCommand(terminal));
        return sd.setOut(terminal.out())
                .setErr(terminal.err())
                .setColorScheme(new ColorScheme.Builder(CommandLine.Help.defaultColorScheme(ansi)).build())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Sd::wrongUsage)
                .setExecutionExceptionHandler((failure, command, result) -> failed(terminal, failure));
    }

    private static CommandLine location(Terminal terminal) {
        return new CommandLine(new CommandGroup.Location())
                .addSubcommand(new LocationAddCommand(terminal))
                .addSubcommand(new LocationListCommand(terminal));
    }

    private static CommandLine tag(Terminal terminal) {
        return new CommandLine(new CommandGroup.Tag()).addSubcommand(new TagAddCommand(terminal));
    }

    private static CommandLine sync(Terminal terminal, NodeHost host) {
        return new CommandLine(new CommandGroup.Sync())
                .addSubcommand(new MetricsCommand(terminal))
                .addSubcommand(new PartnersCommand(terminal))
                .addSubcommand(new EventsCommand(terminal))
                .addSubcommand(new TimelineCommand(terminal))
                .addSubcommand(new HistoryCommand(terminal))
                .addSubcommand(new CompareCommand(terminal, host))
                .addSubcommand(new EpochsCommand(terminal, host))
                .addSubcommand(new ReconcileCommand(terminal, host))
                .addSubcommand(new WhyCommand(terminal))
                .addSubcommand(new SnapshotCommand(terminal))
                .addSubcommand(new ResetCommand(terminal))
                .addSubcommand(new SwitchCommand.Enable(terminal))
                .addSubcommand(new SwitchCommand.Disable(terminal))
                .addSubcommand(new SwitchCommand.Pause(terminal))
                .addSubcommand(new SwitchCommand.Resume(terminal));
    }

    private static int wrongUsage(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println("sd: %s; see %s --help".formatted(oneLine(failure), name));
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Terminal terminal, Exception failure) {
        terminal.err().println("sd: " + oneLine(failure));
        return failure instanceof CommandFailure known ? known.exitCode() : CommandLine.ExitCode.SOFTWARE;
    }

    private static String oneLine(Exception failure) {
        String message = failure.getMessage();
        return List.of((message == null ? failure.toString() : message).split("\\R"))
                .get(0);
    }
}
