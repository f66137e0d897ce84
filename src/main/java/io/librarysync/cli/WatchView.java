package io.librarysync.cli;

import io.librarysync.cli.Watched.Answer;
import io.librarysync.cli.Watched.Frame;
import io.librarysync.cli.Watched.Gone;
import io.librarysync.metrics.Category;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a live screen shows: a line about itself, as much of the last frame as fits, a line of keys.
 *
 * @param shown the sections wanted; none for all
 * @param top how many lines are scrolled away
 * @param news what happened to the device last, and when
 * @param gone set while there is no answer
 */
record WatchView(
        Style style,
        Frame frame,
        Set<Category> shown,
        int top,
        boolean paused,
        boolean help,
        @Nullable String news,
        @Nullable Gone gone) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final String KEYS = "q quit  h help";
    private static final List<String> ALL_KEYS = List.of(
            "q quit  p pause  arrows, Page Up, Page Down scroll  h hide this",
            "1 state  2 operations  3 data volume  4 performance  5 errors  a all");

    /** What does not change while it is shown. */
    record Style(Duration interval, ZoneId zone, boolean unicode) {
        String time(Instant time) {
            return TIME.withZone(zone).format(time);
        }

        private String ellipsis() {
            return unicode ? "…" : "...";
        }

        private String every() {
            String seconds = interval.toString().substring(2).toLowerCase(Locale.ROOT);
            return "every " + seconds;
        }
    }

    WatchView {
        shown = Set.copyOf(shown);
    }

    static WatchView of(Style style, Frame frame, Set<Category> shown) {
        return new WatchView(style, frame, shown, 0, false, false, null, null);
    }

    /** With what came of a further question. */
    WatchView with(Answer answer) {
        if (answer instanceof Frame next) {
            String latest = next.news() == null ? news : next.news() + " at " + style.time(next.at());
            return new WatchView(style, next, shown, top, paused, help, latest, null);
        }
        return new WatchView(style, frame, shown, top, paused, help, news, (Gone) answer);
    }

    /** After a key, in a window of so many rows. */
    WatchView after(Key key, int rows) {
        return switch (key) {
            case PAUSE -> new WatchView(style, frame, shown, top, !paused, help, news, gone);
            case HELP -> new WatchView(style, frame, shown, top, paused, !help, news, gone);
            case ALL -> showing(Set.of());
            case STATE, OPERATIONS, DATA_VOLUME, PERFORMANCE, ERRORS -> toggled(Category.valueOf(key.name()));
            case UP -> scrolledTo(top - 1, rows);
            case DOWN -> scrolledTo(top + 1, rows);
            case PAGE_UP -> scrolledTo(top - page(rows), rows);
            case PAGE_DOWN -> scrolledTo(top + page(rows), rows);
            case HOME -> scrolledTo(0, rows);
            case END -> scrolledTo(body().size(), rows);
            case QUIT, RESIZED, NONE -> this;
        };
    }

    private WatchView showing(Set<Category> sections) {
        return new WatchView(style, frame, sections, 0, paused, help, news, gone);
    }

    private WatchView toggled(Category section) {
        Set<Category> toggled = shown.isEmpty() ? EnumSet.allOf(Category.class) : EnumSet.copyOf(shown);
        if (!toggled.remove(section)) {
            toggled.add(section);
        }
        return showing(toggled);
    }

    private WatchView scrolledTo(int line, int rows) {
        int to = Math.max(0, Math.min(line, last(rows)));
        return new WatchView(style, frame, shown, to, paused, help, news, gone);
    }

    /** What to show in a window of so many rows. */
    List<String> lines(int rows) {
        List<String> lines = new ArrayList<>();
        lines.add(header());
        int room = room(rows);
        if (body().size() <= room) {
            lines.addAll(body());
            lines.addAll(Collections.nCopies(room - body().size(), ""));
        } else {
            addPart(lines, rows);
        }
        lines.addAll(footer());
        return lines;
    }

    private void addPart(List<String> lines, int rows) {
        int from = Math.min(top, last(rows));
        int to = from + page(rows);
        lines.addAll(body().subList(from, to));
        int below = body().size() - ending().size() - to;
        lines.add(style.ellipsis() + (below > 0 ? lines(below, " more %s") : lines(from, " %s above")));
        lines.addAll(ending());
    }

    private static String lines(int count, String phrase) {
        return " " + count + phrase.formatted(count == 1 ? "line" : "lines");
    }

    private String header() {
        List<String> parts = new ArrayList<>(List.of(style.time(frame.at()), frame.device(), style.every()));
        if (paused) {
            parts.add("paused");
        }
        if (gone != null) {
            parts.add("no answer since " + style.time(gone.since()) + ", trying until "
                    + style.time(gone.since().plus(Watched.PATIENCE)));
        } else if (news != null) {
            parts.add(news);
        }
        return String.join("  ", parts);
    }

    private List<String> footer() {
        return help ? ALL_KEYS : List.of(KEYS);
    }

    private List<String> body() {
        return frame.text().stripTrailing().lines().toList();
    }

    /** The last line of the frame if it is set off from the rest: it stays in sight. */
    private List<String> ending() {
        List<String> body = body();
        int size = body.size();
        return size > 2 && body.get(size - 2).isBlank() ? body.subList(size - 1, size) : List.of();
    }

    /** How many rows are left for the frame. */
    private int room(int rows) {
        return Math.max(0, rows - 1 - footer().size());
    }

    /** How many lines of a frame that does not fit are shown, besides its ending. */
    private int page(int rows) {
        return Math.max(0, room(rows) - 1 - ending().size());
    }

    /** How far it can be scrolled. */
    private int last(int rows) {
        return Math.max(0, body().size() - ending().size() - page(rows));
    }
}
