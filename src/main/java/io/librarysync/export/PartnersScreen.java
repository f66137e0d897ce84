package io.librarysync.export;

import io.librarysync.metrics.PartnerSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The screen of {@code sd sync partners}. */
public final class PartnersScreen {
    private static final List<String> HEADINGS = List.of(
            "DEVICE", "ID", "STATUS", "STATE", "RTT", "LAG", "LAST SYNC", "LAST ATTEMPT", "RECEIVED", "DELIVERED");
    private static final String ONLINE = "online";
    private static final int SHORT_ID = 8;
    private static final int STATUS = 2;
    private static final int STATE = 3;
    private static final int FIRST_NUMBER = 8;

    private PartnersScreen() {}

    /**
     * The screen as text, each line ended.
     *
     * @param reasons why nobody is there, where that is so
     */
    public static String render(Instant now, List<PartnerSnapshot> partners, List<String> reasons, ScreenStyle style) {
        Layout layout = new Layout(style);
        if (partners.isEmpty()) {
            layout.line(layout.paint(Colour.BAD, "No partners"));
        } else {
            long online = partners.stream()
                    .filter(partner -> partner.status().equals(ONLINE))
                    .count();
            Colour colour = online == partners.size() ? Colour.GOOD : online > 0 ? Colour.BUSY : Colour.BAD;
            layout.line(layout.paint(colour, "●") + " " + online + " of " + Formats.count(partners.size(), "partner")
                    + " online");
            table(now, partners, layout).forEach(layout::labelled);
        }
        reasons.forEach(reason -> layout.labelled(Formats.clean(reason)));
        return layout.text();
    }

    private static List<String> table(Instant now, List<PartnerSnapshot> partners, Layout layout) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        partners.forEach(partner -> rows.add(row(now, partner)));
        List<Integer> widths = widths(rows);
        List<String> lines = new ArrayList<>();
        lines.add(line(padded(HEADINGS, widths)));
        for (int i = 0; i < partners.size(); i++) {
            lines.add(line(painted(partners.get(i), padded(rows.get(i + 1), widths), layout)));
        }
        return lines;
    }

    private static List<String> row(Instant now, PartnerSnapshot partner) {
        Double rtt = partner.rttMillis();
        Long lag = partner.lagMillis();
        String state = partner.state();
        return List.of(
                Formats.clean(partner.deviceName()),
                partner.deviceId()
                        .substring(0, Math.min(SHORT_ID, partner.deviceId().length())),
                partner.status(),
                state == null ? Formats.UNKNOWN : state,
                rtt == null ? Formats.UNKNOWN : Formats.latency(rtt),
                lag == null ? Formats.UNKNOWN : Formats.age(lag),
                ago(now, partner.lastSyncEpochMillis()),
                ago(now, partner.lastAttemptEpochMillis()),
                Formats.count(partner.received()),
                Formats.count(partner.delivered()));
    }

    /** The cells with the colours of status and state; padding first, since colours have no width. */
    private static List<String> painted(PartnerSnapshot partner, List<String> cells, Layout layout) {
        List<String> painted = new ArrayList<>(cells);
        Colour status = partner.status().equals(ONLINE) ? Colour.GOOD : Colour.IDLE;
        painted.set(STATUS, layout.paint(status, cells.get(STATUS)));
        String state = partner.state();
        if (state != null) {
            painted.set(STATE, layout.paint(Colour.ofState(state), cells.get(STATE)));
        }
        return painted;
    }

    private static String ago(Instant now, @Nullable Long epochMillis) {
        return epochMillis == null
                ? Formats.UNKNOWN
                : Formats.duration(Math.max(0, now.toEpochMilli() - epochMillis)) + " ago";
    }

    private static List<Integer> widths(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < HEADINGS.size(); column++) {
            int at = column;
            widths.add(rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
        }
        return widths;
    }

    private static List<String> padded(List<String> row, List<Integer> widths) {
        List<String> cells = new ArrayList<>();
        for (int column = 0; column < row.size(); column++) {
            String padding = " ".repeat(widths.get(column) - row.get(column).length());
            cells.add(column >= FIRST_NUMBER ? padding + row.get(column) : row.get(column) + padding);
        }
        return cells;
    }

    private static String line(List<String> cells) {
        return String.join("  ", cells).stripTrailing();
    }
}
