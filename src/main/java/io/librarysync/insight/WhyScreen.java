package io.librarysync.insight;

import io.librarysync.export.Colour;
import io.librarysync.export.Formats;
import io.librarysync.export.ScreenStyle;
import io.librarysync.export.Table;
import io.librarysync.insight.Why.OnDevice;
import io.librarysync.insight.Why.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The screen of {@code sd sync why}; the first line is the answer. */
public final class WhyScreen {
    private static final List<String> HEADINGS = List.of("DEVICE", "ID", "STATUS", "STATE", "VERSION", "OF", "CHANGE");
    private static final int SHORT_ID = 8;

    private final Why why;
    private final ScreenStyle style;

    private WhyScreen(Why why, ScreenStyle style) {
        this.why = why;
        this.style = style;
    }

    /** The screen as text, each line ended. */
    public static String render(Why why, ScreenStyle style) {
        String text = new WhyScreen(why, style).text();
        return style.unicode() ? text : text.replace(Formats.UNKNOWN, "-");
    }

    private String text() {
        List<String> lines = new ArrayList<>();
        lines.add(paint(colour(), Formats.clean(why.answer())));
        if (why.further() != null) {
            lines.add(Formats.clean(why.further()));
        }
        Why.Subject record = why.record();
        if (record != null) {
            lines.add("");
            lines.add("  " + Formats.clean(subject(record)));
            lines.addAll(table());
        }
        return String.join("\n", lines) + "\n";
    }

    private Colour colour() {
        if (why.everywhere()) {
            return Colour.GOOD;
        }
        boolean rejected = why.devices().stream().anyMatch(device -> device.change() == Place.REJECTED);
        return rejected ? Colour.BAD : Colour.BUSY;
    }

    private static String subject(Why.Subject record) {
        return Stream.of(record.model(), record.title(), record.uuid(), written(record))
                .filter(part -> part != null)
                .reduce((all, part) -> all + "  " + part)
                .orElse("");
    }

    private static @Nullable String written(Why.Subject record) {
        return record.origin() == null ? null : "written by " + record.origin();
    }

    private List<String> table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        why.devices().forEach(device -> rows.add(row(device)));
        List<String> lines = Table.lines(rows, column -> false);
        List<String> painted = new ArrayList<>();
        painted.add("  " + lines.get(0));
        for (int i = 1; i < lines.size(); i++) {
            painted.add("  " + paint(colour(why.devices().get(i - 1)), lines.get(i)));
        }
        return painted;
    }

    private List<String> row(OnDevice device) {
        return List.of(
                Formats.clean(device.deviceName()),
                device.deviceId()
                        .substring(0, Math.min(SHORT_ID, device.deviceId().length())),
                device.self() ? "this device" : status(device.reach()),
                device.state() == null ? Formats.UNKNOWN : device.state(),
                device.holds().equals("unknown") ? Formats.UNKNOWN : device.holds(),
                clock(device.changedEpochMillis()),
                Formats.clean(device.reason()));
    }

    private static String status(String reach) {
        return reach.equals("answered") ? "online" : reach.replace('_', ' ');
    }

    private String clock(@Nullable Long millis) {
        return millis == null
                ? Formats.UNKNOWN
                : Formats.clock(
                        Instant.ofEpochMilli(millis), Instant.ofEpochMilli(why.timestampEpochMillis()), style.zone());
    }

    private static Colour colour(OnDevice device) {
        if (device.change().hasArrived()) {
            return Colour.GOOD;
        }
        if (device.change() == Place.REJECTED) {
            return Colour.BAD;
        }
        return device.change() == Place.UNKNOWN ? Colour.IDLE : Colour.BUSY;
    }

    private String paint(Colour colour, String text) {
        return style.colour() ? colour.paint(text) : text;
    }
}
