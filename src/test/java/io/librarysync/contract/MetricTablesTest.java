package io.librarysync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.librarysync.export.SnapshotJson;
import io.librarysync.instrument.MetricDescription;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.metrics.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of metrics in the guide say what the declarations say; {@code scripts/approve-contract} rewrites them. */
class MetricTablesTest {
    private static final Path GUIDE = Path.of("docs/library-sync.mdx");
    private static final String BEGIN = "{/* metrics: begin */}\n";
    private static final String END = "{/* metrics: end */}\n";

    @Test
    void theGuideListsEveryMetricAsDeclared() throws IOException {
        String guide = Files.readString(GUIDE);
        String declared = guide.substring(0, guide.indexOf(BEGIN) + BEGIN.length())
                + tables()
                + guide.substring(guide.indexOf(END));
        if (Boolean.getBoolean("contract.approve")) {
            Files.writeString(GUIDE, declared);
        }
        assertThat(Files.readString(GUIDE)).isEqualTo(declared);
    }

    private static String tables() {
        return Arrays.stream(Category.values())
                .map(MetricTablesTest::table)
                .collect(Collectors.joining("\n", "\n", "\n"));
    }

    private static String table(Category category) {
        return MetricGroup.describe(category.type()).stream()
                .filter(metric -> !metric.flat())
                .map(metric -> row(category, metric))
                .collect(Collectors.joining(
                        "\n",
                        "### `%s`\n\n| name | kind | unit | split by | means |\n|---|---|---|---|---|\n"
                                .formatted(category.json()),
                        "\n"));
    }

    private static String row(Category category, MetricDescription metric) {
        return "| `%s` | %s | %s | %s | %s |"
                .formatted(
                        SnapshotJson.path(category, metric).replaceFirst("^" + category.json() + "\\.", ""),
                        metric.kind(),
                        metric.unit(),
                        metric.by().isEmpty() ? "–" : String.join(", ", metric.by()),
                        metric.help().replace("|", "\\|"));
    }
}
