package io.librarysync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.librarysync.cli.CommandLineRun.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the documentation names exists, and what exists is named. */
class DocumentationTest {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final Path GUIDE = ROOT.resolve("docs/library-sync.mdx");
    private static final Path SCRIPTS = ROOT.resolve("scripts");
    private static final Pattern COMMAND = Pattern.compile("(?m)(?:^|`)(?:scripts/)?sd ([a-z][^`\\n]*)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
    private static final Pattern SCRIPT = Pattern.compile("scripts/([a-z][a-z-]*)");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

    static List<Path> documents() {
        return List.of(
                ROOT.resolve("README.md"),
                GUIDE,
                ROOT.resolve("docs/decisions.md"),
                ROOT.resolve("jolokia-config/README.md"));
    }

    static Stream<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.filter(file -> !file.endsWith("sd")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyCommandCanBeParsed(Path document) {
        for (String command : commandsIn(document)) {
            assertThatCode(() -> commands().parseArgs(words(command)))
                    .as("%s: sd %s", document.getFileName(), command)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void theGuideNamesEveryCommand() {
        Set<String> named = new TreeSet<>();
        for (String command : commandsIn(GUIDE)) {
            named.add(commandPath(commands().parseArgs(words(command))));
        }
        assertThat(named).containsAll(leaves(commands()));
    }

    @Test
    void theGuideNamesEveryFlagOfTheMetricsScreen() {
        CommandLine.ParseResult metrics =
                commands().parseArgs("sync", "metrics").subcommand().subcommand();
        List<String> flags = metrics.commandSpec().options().stream()
                .map(CommandLine.Model.OptionSpec::longestName)
                .toList();
        assertThat(read(GUIDE)).contains(flags);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyScriptAndLinkLeadsSomewhere(Path document) {
        assertThat(SCRIPT.matcher(read(document)).results().map(script -> SCRIPTS.resolve(script.group(1))))
                .allSatisfy(script -> assertThat(script).isExecutable());
        assertThat(LINK.matcher(read(document)).results().map(link -> document.resolveSibling(link.group(1))))
                .allSatisfy(target -> assertThat(target).exists());
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void everyScriptExplainsItself(Path script) throws Exception {
        Process process = new ProcessBuilder(script.toString(), "--help").start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(out).startsWith("Usage: scripts/" + script.getFileName());
    }

    private static CommandLine commands() {
        return new Shell(ROOT, Map.of()).commands();
    }

    private static List<String> commandsIn(Path document) {
        String text = read(document).replaceAll("\\\\\\n\\s*", "");
        return COMMAND.matcher(text).results().map(match -> match.group(1)).toList();
    }

    private static String[] words(String command) {
        String withoutComment = command.replaceFirst("\\s#.*", "");
        return WORD.matcher(withoutComment)
                .results()
                .map(DocumentationTest::word)
                .toArray(String[]::new);
    }

    private static String word(MatchResult match) {
        return Arrays.asList(match.group(1), match.group(2), match.group(3)).stream()
                .filter(group -> group != null)
                .findFirst()
                .orElseThrow();
    }

    private static String commandPath(CommandLine.ParseResult result) {
        String name = result.commandSpec().qualifiedName();
        return result.hasSubcommand() ? commandPath(result.subcommand()) : name;
    }

    private static List<String> leaves(CommandLine command) {
        if (command.getSubcommands().isEmpty()) {
            return List.of(command.getCommandSpec().qualifiedName());
        }
        List<String> leaves = new ArrayList<>();
        command.getSubcommands().values().forEach(sub -> leaves.addAll(leaves(sub)));
        return leaves;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
