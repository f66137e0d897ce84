package io.librarysync.cli;

import io.librarysync.cli.DeviceClient.Parameter;
import io.librarysync.domain.UuidText;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows why a file, an entry or a tag is, or is not, on every device. */
@Command(
        description = {
            "Shows why a file, an entry or a tag is, or is not, on every device.",
            "The first line is the answer. Devices that can be reached are asked, for 5 s at most."
        })
final class WhyCommand extends DeviceCommand {
    private static final String PATH = "/api/sync/why";

    @Parameters(
            arity = "0..1",
            paramLabel = "PATH|UUID",
            description = "A file, or the uuid of any record; a path of another device is found too.")
    @Nullable
    String record;

    @Option(names = "--tag", paramLabel = "NAME", description = "The tag of that name instead.")
    @Nullable
    String tag;

    @Option(names = "--json", description = "JSON instead of text.")
    boolean json;

    @Mixin
    ScreenOptions screen = new ScreenOptions();

    WhyCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void check() {
        if ((record == null) == (tag == null)) {
            throw CommandFailure.wrongUsage("why: needs one of PATH, UUID and --tag NAME");
        }
    }

    @Override
    void run(DeviceClient device, Terminal terminal) {
        List<Parameter> looks = screen.parameters(terminal);
        Stream<Parameter> how = json ? looks.stream().filter(look -> look.name().equals("zone")) : looks.stream();
        List<Parameter> question =
                Stream.concat(Stream.of(new Parameter("of", of(terminal))), how).toList();
        String answer = json ? device.json(PATH, question) : device.text(PATH, question);
        terminal.out().println(answer.stripTrailing());
    }

    private String of(Terminal terminal) {
        if (record == null) {
            return "tag:" + tag;
        }
        return UuidText.parse(record).isPresent()
                ? record
                : terminal.absolute(Path.of(record)).toString();
    }
}
