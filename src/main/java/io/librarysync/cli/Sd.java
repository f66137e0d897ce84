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
        CommandLine commands = set(tree(terminal, host).towards(List.of(arguments)), terminal);
        int exitCode = commands.execute(arguments);
        terminal.out().flush();
        terminal.err().flush();
        return exitCode;
    }

    /** All commands, as the documentation and the completion script need them. */
    static CommandLine commands(Terminal terminal, NodeHost host) {
        return set(tree(terminal, host).whole(), terminal);
    }

    private static CommandLine set(CommandLine sd, Terminal terminal) {
        Ansi ansi = terminal.colour() ? Ansi.ON : Ansi.OFF;
        return sd.setOut(terminal.out())
                .setErr(terminal.err())
                .setColorScheme(new ColorScheme.Builder(CommandLine.Help.defaultColorScheme(ansi)).build())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Sd::wrongUsage)
                .setExecutionExceptionHandler((failure, command, result) -> failed(terminal, failure));
    }

    private static Branch tree(Terminal terminal, NodeHost host) {
        return Branch.group(
                "sd",
                Sd::new,
                Branch.leaf("start", () -> new StartCommand(terminal, host)),
                Branch.leaf("stop", () -> new StopCommand(terminal)),
                Branch.leaf("status", () -> new StatusCommand(terminal)),
                Branch.group(
                        "location",
                        CommandGroup.Location::new,
                        Branch.leaf("add", () -> new LocationAddCommand(terminal)),
                        Branch.leaf("list", () -> new LocationListCommand(terminal))),
                Branch.group("tag", CommandGroup.Tag::new, Branch.leaf("add", () -> new TagAddCommand(terminal))),
                Branch.leaf("search", () -> new SearchCommand(terminal)),
                sync(terminal, host),
                Branch.leaf("config", () -> new ConfigCommand(terminal, host)),
                Branch.leaf("completion", () -> new CompletionCommand(terminal, () -> commands(terminal, host))));
    }

    private static Branch sync(Terminal terminal, NodeHost host) {
        return Branch.group(
                "sync",
                CommandGroup.Sync::new,
                Branch.leaf("metrics", () -> new MetricsCommand(terminal)),
                Branch.leaf("partners", () -> new PartnersCommand(terminal)),
                Branch.leaf("events", () -> new EventsCommand(terminal, host)),
                Branch.leaf("timeline", () -> new TimelineCommand(terminal, host)),
                Branch.leaf("history", () -> new HistoryCommand(terminal)),
                Branch.leaf("compare", () -> new CompareCommand(terminal, host)),
                Branch.leaf("epochs", () -> new EpochsCommand(terminal, host)),
                Branch.leaf("reconcile", () -> new ReconcileCommand(terminal, host)),
                Branch.leaf("why", () -> new WhyCommand(terminal)),
                Branch.leaf("snapshot", () -> new SnapshotCommand(terminal)),
                Branch.leaf("reset", () -> new ResetCommand(terminal)),
                Branch.leaf("enable", () -> new SwitchCommand.Enable(terminal)),
                Branch.leaf("disable", () -> new SwitchCommand.Disable(terminal)),
                Branch.leaf("pause", () -> new SwitchCommand.Pause(terminal)),
                Branch.leaf("resume", () -> new SwitchCommand.Resume(terminal)));
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
