package io.librarysync.jmx;

import io.librarysync.export.MetricsScreen;
import io.librarysync.export.ScreenStyle;
import io.librarysync.metrics.Category;
import io.librarysync.metrics.SnapshotFilter;
import io.librarysync.metrics.SyncMetrics;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question about metrics in the words of the command line. A word that cannot be read is an
 * {@link IllegalArgumentException} that names it and what is accepted.
 *
 * @param categories none for all
 */
public record MetricsQuery(
        @Nullable String since,
        @Nullable String until,
        @Nullable String peer,
        @Nullable String model,
        List<String> categories) {

    public MetricsQuery {
        categories = List.copyOf(categories);
        refuse("since", since);
        refuse("until", until);
    }

    /** What the filters select. */
    public SyncMetricsSnapshot answer(SyncMetrics metrics) {
        return metrics.snapshot(filter(metrics, wanted()));
    }

    /** The same as the text screen. */
    public String screen(SyncMetrics metrics, ScreenStyle style) {
        Set<Category> shown = wanted();
        return MetricsScreen.render(
                metrics.snapshot(filter(metrics, SnapshotFilter.NONE.categories())),
                shown.isEmpty() ? SnapshotFilter.NONE.categories() : shown,
                style);
    }

    private SnapshotFilter filter(SyncMetrics metrics, Set<Category> wanted) {
        return new SnapshotFilter(
                peer == null ? null : metrics.peerId(peer), model == null ? null : metrics.modelName(model), wanted);
    }

    private Set<Category> wanted() {
        Set<Category> wanted = EnumSet.noneOf(Category.class);
        categories.forEach(category -> wanted.add(Category.parse(category)));
        return wanted;
    }

    private static void refuse(String name, @Nullable String value) {
        if (value != null) {
            throw new IllegalArgumentException(
                    name + ": this device keeps no history to look back into; leave it out to see "
                            + "everything since the device started or was reset");
        }
    }
}
