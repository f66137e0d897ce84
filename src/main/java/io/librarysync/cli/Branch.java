package io.librarysync.cli;

import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * A command under the word that calls it, with the commands below it. A command is made only when it may be needed: reading
 * the options of all of them takes longer than most of them run.
 *
 * @param word as it is typed
 * @param command makes it
 * @param below empty unless it is a {@link CommandGroup}
 */
record Branch(String word, Supplier<Object> command, List<Branch> below) {

    Branch {
        below = List.copyOf(below);
    }

    static Branch leaf(String word, Supplier<Object> command) {
        return new Branch(word, command, List.of());
    }

    static Branch group(String word, Supplier<Object> command, Branch... below) {
        return new Branch(word, command, List.of(below));
    }

    /** The command with everything below it. */
    CommandLine whole() {
        return towards(List.of());
    }

    /** The command with what the words after it lead to; with everything below where they lead to nothing. */
    CommandLine towards(List<String> words) {
        CommandLine line = new CommandLine(command.get());
        List<Branch> named =
                below.stream().filter(branch -> words.indexOf(branch.word) == 0).toList();
        List<String> rest = named.isEmpty() ? List.of() : words.subList(1, words.size());
        (named.isEmpty() ? below : named).forEach(branch -> line.addSubcommand(branch.word, branch.towards(rest)));
        return line;
    }
}
