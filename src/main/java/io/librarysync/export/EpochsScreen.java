package io.librarysync.export;

import io.librarysync.history.Epoch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The screen of {@code sd sync epochs}. */
public final class EpochsScreen {
    private static final List<String> HEADINGS = List.of("EPOCH", "BEGAN", "OPENED BY", "ENDED", "ENDED BY");

    private EpochsScreen() {}

    /** The screen as text, each line ended. */
    public static String render(List<Epoch> epochs, ScreenStyle style) {
        Layout layout = new Layout(style);
        if (epochs.isEmpty()) {
            layout.line("No epochs are known");
            return layout.text();
        }
        List<List<String>> rows = new ArrayList<>(List.of(HEADINGS));
        epochs.forEach(epoch -> rows.add(row(rows.size(), epoch, style)));
        Table.lines(rows, column -> column == 0).forEach(layout::line);
        return layout.text();
    }

    private static List<String> row(int number, Epoch epoch, ScreenStyle style) {
        Instant endedAt = epoch.endedAt();
        Epoch.Ending endedBy = epoch.endedBy();
        return List.of(
                String.valueOf(number),
                Formats.dateTime(epoch.startedAt(), style.zone()),
                epoch.info().openedBy(),
                endedAt == null ? Formats.UNKNOWN : Formats.dateTime(endedAt, style.zone()),
                endedBy == null ? "lasts" : endedBy.label());
    }
}
