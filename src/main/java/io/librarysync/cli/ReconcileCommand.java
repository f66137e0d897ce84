package io.librarysync.cli;

import io.librarysync.cli.Books.Entry;
import io.librarysync.cli.Books.Party;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares what devices of one machine say about each other. */
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Compares the books of running devices: what each sent with what the other received.",
            "Changes delivered and served, bytes and frames, for each way from one to another.",
            "Exit code 0 if all agree."
        })
final class ReconcileCommand implements Callable<Integer> {
    private static final int READINGS = 5;

    private final Terminal terminal;

    @Parameters(arity = "2..*", paramLabel = "DIR", description = "The folders of two or more devices.")
    List<Path> directories;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "First wait until all are online, Ready and idle, for so long at most.")
    long waitSeconds;

    ReconcileCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Party> parties = directories.stream().map(this::party).toList();
        if (waitSeconds > 0) {
            new Quiet(terminal, parties).await(Duration.ofSeconds(waitSeconds));
        }
        List<Entry> differences = new ArrayList<>();
        for (Party from : parties) {
            for (Party to : parties) {
                if (!from.id().equals(to.id())) {
                    differences.addAll(compare(from, to));
                }
            }
        }
        if (!differences.isEmpty()) {
            throw differing(differences, parties);
        }
        terminal.out().println("The books agree.");
        return 0;
    }

    private static CommandFailure differing(List<Entry> differences, List<Party> parties) {
        Entry first = differences.get(0);
        return CommandFailure.couldNot(
                ("the books differ in %d places, first in %s: %d sent, %d received; they cannot agree if one was reset"
                                + " or started anew alone: %s")
                        .formatted(
                                differences.size(),
                                first.what(),
                                first.sent(),
                                first.received(),
                                parties.stream().map(Party::since).collect(Collectors.joining(", "))));
    }

    private Party party(Path directory) {
        DeviceOptions device = new DeviceOptions();
        device.data = directory;
        return Party.of(device.client(terminal));
    }

    private List<Entry> compare(Party from, Party to) {
        Books books = Books.read(from, to);
        for (int reading = 1; reading < READINGS && !books.trafficAgrees(); reading++) {
            books = Books.read(from, to);
        }
        terminal.out().println("%s to %s".formatted(from.name(), to.name()));
        books.entries().forEach(this::print);
        return books.entries().stream().filter(entry -> !entry.agrees()).toList();
    }

    private void print(Entry entry) {
        terminal.out()
                .println("  %s: %,d sent, %,d received%s"
                        .formatted(entry.what(), entry.sent(), entry.received(), entry.agrees() ? "" : " (differ)"));
    }
}
