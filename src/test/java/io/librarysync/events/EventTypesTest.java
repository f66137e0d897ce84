package io.librarysync.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every type of event is in the page about sync, in the order of the types. */
class EventTypesTest {

    @Test
    void thePageListsEveryType() throws IOException {
        List<String> rows = Arrays.stream(SyncEventType.values())
                .map(type -> "| `%s` | %s | %s | %s |"
                        .formatted(
                                type.label(),
                                type.category().label(),
                                type.severity().label(),
                                type.meaning()))
                .toList();

        assertThat(Files.readString(Path.of("docs/library-sync.mdx"))).contains(String.join("\n", rows));
    }
}
