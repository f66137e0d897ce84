package io.librarysync.cli;

import io.librarysync.insight.Book;
import io.librarysync.insight.Finding;
import io.librarysync.insight.Reconciliation;
import io.librarysync.insight.ReconciliationJson;
import io.librarysync.insight.ReconciliationScreen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares what devices say of themselves and of each other. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Compares the books of devices: on each what came in with what became of it, for each way from one to another what "
                    + "was sent with what was received, and over all what their libraries hold.",
            "A DEVICE is its folder or its URL; a FILE holds what sd sync metrics --json wrote, with --peer for one link. Of what "
                    + "a file does not tell the laws are open.",
            "A law that cannot be decided, such as after a crash, is open and no difference. Exit code 1 if anything differs."
        })
final class ReconcileCommand implements Callable<Integer> {
    private static final int READINGS = 5;
    private static final Duration BETWEEN_READINGS = Duration.ofMillis(200);

    private final Terminal terminal;
    private final NodeHost host;

    @Parameters(arity = "2..*", paramLabel = "DEVICE|FILE", description = "Two or more devices of one library.")
    List<String> sources = List.of();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the token of the devices at URLs: one for all, or one for each in their order "
                    + "(else $$SD_TOKEN_FILE).")
    List<Path> tokenFiles = List.of();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "First wait until all are online, Ready and idle, for so long at most.")
    long waitSeconds;

    @Option(names = "--json", description = "JSON instead of text, all laws.")
    boolean json;

    @Option(names = "--all", description = "Also the laws that hold.")
    boolean all;

    ReconcileCommand(Terminal terminal, NodeHost host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public Integer call() {
        BookSources books = BookSources.of(sources, tokenFiles, terminal, host);
        if (waitSeconds > 0) {
            new Quiet(terminal, books.running()).await(Duration.ofSeconds(waitSeconds));
        }
        Reconciliation reconciliation = read(books);
        terminal.out()
                .println((json
                                ? ReconciliationJson.tree(reconciliation).toPrettyString()
                                : ReconciliationScreen.render(reconciliation, all))
                        .stripTrailing());
        if (!reconciliation.agrees()) {
            throw differing(reconciliation.differences());
        }
        return 0;
    }

    /** Numbers that move while they are read are read again. */
    private Reconciliation read(BookSources books) {
        Reconciliation reconciliation = Reconciliation.of(ofOneLibrary(books.open()));
        for (int reading = 1; reading < READINGS && !reconciliation.agrees() && books.canChange(); reading++) {
            terminal.pause().accept(BETWEEN_READINGS);
            reconciliation = Reconciliation.of(books.open());
        }
        return reconciliation;
    }

    private static List<Book> ofOneLibrary(List<Book> books) {
        Set<String> devices = books.stream().map(Book::deviceId).collect(Collectors.toSet());
        if (devices.size() < books.size() || devices.size() < 2) {
            throw CommandFailure.wrongUsage("reconcile: needs two or more different devices");
        }
        if (books.stream().map(Book::libraryId).distinct().count() > 1) {
            throw CommandFailure.wrongUsage("reconcile: these are devices of different libraries");
        }
        return books;
    }

    private static CommandFailure differing(List<Finding> differences) {
        Finding first = differences.get(0);
        return CommandFailure.couldNot("the books differ in %d places, first in %s of %s"
                .formatted(differences.size(), first.law(), first.where()));
    }
}
