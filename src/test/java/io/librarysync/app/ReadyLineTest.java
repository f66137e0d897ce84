package io.librarysync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.cli.NodeFile;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadyLineTest {

    @ParameterizedTest
    @CsvSource({
        "laptop, laptop",
        "büro😀, büro😀",
        "my laptop, \"my laptop\"",
        "say \"hi\" \\, \"say \\\"hi\\\" \\\\\"",
    })
    void aNameIsOneWordOfOneLine(String name, String written) {
        assertThat(ReadyLine.of(node(name)))
                .isEqualTo(
                        "ready name=" + written + " library=l device=d http=http://127.0.0.1:1 sync=127.0.0.1:2 pid=3");
    }

    @Test
    void aNewlineDoesNotBreakTheLine() {
        assertThat(ReadyLine.of(node("two\nlines"))).startsWith("ready name=\"two\\u000alines\" library=");
    }

    @Test
    void jmxIsNamedWhereItIsServed() {
        assertThat(ReadyLine.of(node("laptop", "127.0.0.1:4")))
                .isEqualTo("ready name=laptop library=l device=d http=http://127.0.0.1:1 sync=127.0.0.1:2"
                        + " jmx=127.0.0.1:4 pid=3");
    }

    private static NodeFile node(String name) {
        return node(name, null);
    }

    private static NodeFile node(String name, @Nullable String jmx) {
        return new NodeFile(3, 0, name, "Photos", "l", "d", "http://127.0.0.1:1", "127.0.0.1:2", jmx, List.of());
    }
}
