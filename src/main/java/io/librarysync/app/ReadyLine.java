package io.librarysync.app;

import io.librarysync.cli.NodeFile;
import java.util.regex.Pattern;

/** The one line that a device prints when it is ready: {@code ready key=value …}, for people and for scripts. */
final class ReadyLine {
    private static final Pattern PLAIN = Pattern.compile("[^\\s\"\\\\\\p{Cntrl}]+");

    private ReadyLine() {}

    static String of(NodeFile node) {
        return "ready name=%s library=%s device=%s http=%s sync=%s%s pid=%d"
                .formatted(
                        quoted(node.name()),
                        node.libraryId(),
                        node.deviceId(),
                        node.http(),
                        node.sync(),
                        node.jmx() == null ? "" : " jmx=" + node.jmx(),
                        node.pid());
    }

    /** In double quotes where it has spaces or worse, so that it is one word of one line. */
    private static String quoted(String value) {
        return PLAIN.matcher(value).matches() ? value : '"' + escaped(value) + '"';
    }

    private static String escaped(String value) {
        StringBuilder text = new StringBuilder();
        value.chars().forEach(character -> {
            if (character == '"' || character == '\\') {
                text.append('\\').append((char) character);
            } else if (Character.isISOControl(character)) {
                text.append("\\u%04x".formatted(character));
            } else {
                text.append((char) character);
            }
        });
        return text.toString();
    }
}
