package io.librarysync.jmx;

import io.librarysync.export.MetricsScreen;
import io.librarysync.export.ScreenStyle;
import io.librarysync.history.MetricsHistory;
import io.librarysync.history.Trend;
import io.librarysync.history.Window;
import io.librarysync.metrics.Capture;
import io.librarysync.metrics.Category;
import io.librarysync.metrics.SnapshotFilter;
import io.librarysync.metrics.SnapshotWindow;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question about metrics in the words of the command line. A word that cannot be read is an
 * {@link IllegalArgumentException} that names it and what is accepted.
 *
 * @param peer a device by name, id, unique prefix or {@code self}; null for all
 * @param model null for all
 * @param categories none for all
 */
public record MetricsQuery(Window window, @Nullable String peer, @Nullable String model, List<String> categories) {

    public MetricsQuery {
        categories = List.copyOf(categories);
    }

    /** What the filters select. */
    public SyncMetricsSnapshot answer(MetricsHistory history) {
        Capture capture = history.capture(window);
        return capture.snapshot(filter(history, capture, wanted()));
    }

    /** The same as the text screen. */
    public String screen(MetricsHistory history, ScreenStyle style) {
        return screen(history, style, Optional.empty());
    }

    /**
     * The text screen with what was done lately. That is not split by peer or model, and says nothing of a window that is over:
     * those screens go without.
     */
    public String screenWithTrend(MetricsHistory history, ScreenStyle style) {
        return screen(history, style, peer == null && model == null ? history.trend() : Optional.empty());
    }

    private String screen(MetricsHistory history, ScreenStyle style, Optional<Trend> trend) {
        Set<Category> shown = wanted();
        Capture capture = history.capture(window);
        return MetricsScreen.render(
                capture.snapshot(filter(history, capture, SnapshotFilter.NONE.categories())),
                shown.isEmpty() ? SnapshotFilter.NONE.categories() : shown,
                style,
                capture.window().span() == SnapshotWindow.Span.PAST ? Optional.empty() : trend);
    }

    private SnapshotFilter filter(MetricsHistory history, Capture capture, Set<Category> wanted) {
        return new SnapshotFilter(
                peer == null ? null : history.peerId(capture, peer),
                model == null ? null : capture.modelName(model),
                wanted);
    }

    private Set<Category> wanted() {
        Set<Category> wanted = EnumSet.noneOf(Category.class);
        categories.forEach(category -> wanted.add(Category.parse(category)));
        return wanted;
    }
}
