package io.librarysync.export;

import io.librarysync.domain.SyncState;
import io.librarysync.events.StateEdge;
import io.librarysync.events.SyncEvent;
import io.librarysync.events.SyncEventType;
import io.librarysync.metrics.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The screen of {@code sd sync timeline}: the state and the sessions with each peer, one column for each step of time. */
public final class TimelineScreen {
    /** The types of events that it is drawn from. */
    public static final Set<SyncEventType> TYPES = Set.of(
            SyncEventType.STATE_TRANSITION,
            SyncEventType.BACKFILL_SESSION_STARTED,
            SyncEventType.BACKFILL_SESSION_COMPLETED,
            SyncEventType.BACKFILL_SESSION_FAILED,
            SyncEventType.CATCH_UP_SESSION_STARTED,
            SyncEventType.CATCH_UP_SESSION_COMPLETED,
            SyncEventType.CATCH_UP_SESSION_FAILED);

    private static final int COLUMNS = 60;
    private static final char NOTHING = '.';
    private static final String STATE = "State";
    private static final String LEGEND =
            "U Uninitialized, B Backfilling, C CatchingUp, R Ready, P Paused; b backfill, c catch-up, x failed there";

    private final Instant from;
    private final Duration step;
    private final Map<String, char[]> lanes = new TreeMap<>();
    private final char[] states = lane();

    private TimelineScreen(Instant from, Instant to) {
        this.from = from;
        this.step = Duration.between(from, to).dividedBy(COLUMNS);
    }

    /**
     * A stretch in which the state was recorded.
     *
     * @param fresh whether the process started then, in the first of all states; else it went on in the state it was in
     * @param end null while it lasts, and where another one follows at once
     */
    public record Recorded(Instant begin, boolean fresh, @Nullable Instant end) {}

    /** From then on the state is another one, or nobody knows. */
    private record Change(Instant at, char letter) {}

    /**
     * The screen as text, each line ended.
     *
     * @param events those of {@link #TYPES} in the window, oldest first
     * @param before the last transition before the window; null if none is known
     * @param recorded all that are known; nothing is drawn of the state outside them
     */
    public static String render(
            List<SyncEvent> events,
            @Nullable SyncEvent before,
            List<Recorded> recorded,
            Instant from,
            Instant to,
            ScreenStyle style) {
        TimelineScreen screen = new TimelineScreen(from, to);
        screen.drawStates(changes(events, before, recorded), to);
        screen.drawSessions(events, to);
        return screen.text(to, style);
    }

    private static List<Change> changes(List<SyncEvent> events, @Nullable SyncEvent before, List<Recorded> recorded) {
        Stream<Change> ends = recorded.stream()
                .flatMap(stretch -> Stream.ofNullable(stretch.end()))
                .map(end -> new Change(end, NOTHING));
        Stream<Change> starts = recorded.stream()
                .filter(Recorded::fresh)
                .map(stretch -> new Change(stretch.begin(), letter(SyncState.UNINITIALIZED)));
        Stream<Change> transitions = Stream.concat(Stream.ofNullable(before), events.stream())
                .flatMap(event -> StateEdge.of(event).stream().map(edge -> new Change(event.at(), letter(edge.to()))));
        return Stream.of(ends, starts, transitions)
                .flatMap(changes -> changes)
                .sorted(Comparator.comparing(Change::at))
                .toList();
    }

    private void drawStates(List<Change> changes, Instant to) {
        Change current = new Change(from, NOTHING);
        for (Change next : changes) {
            if (next.at().isAfter(from) && next.at().isBefore(to)) {
                drawState(current, next.at());
                current = next;
            } else if (!next.at().isAfter(from)) {
                current = new Change(from, next.letter());
            }
        }
        drawState(current, to);
    }

    private void drawState(Change current, Instant until) {
        if (current.letter() != NOTHING) {
            fill(states, current.at(), until, current.letter());
        }
    }

    private static char letter(SyncState state) {
        return state.label().charAt(0);
    }

    private void drawSessions(List<SyncEvent> events, Instant to) {
        Map<String, SyncEvent> open = new HashMap<>();
        for (SyncEvent event : events) {
            String session = event.correlation();
            Duration duration = event.duration();
            if (session != null && duration != null) {
                open.remove(session);
                fill(laneOf(event), event.at().minus(duration), event.at(), kind(event));
                mark(event);
            } else if (session != null) {
                open.put(session, event);
            }
        }
        open.values().forEach(event -> fill(laneOf(event), event.at(), to, kind(event)));
    }

    private static char kind(SyncEvent event) {
        return event.type().label().charAt(0);
    }

    private void mark(SyncEvent ended) {
        boolean failed = ended.type() == SyncEventType.BACKFILL_SESSION_FAILED
                || ended.type() == SyncEventType.CATCH_UP_SESSION_FAILED;
        if (failed) {
            fill(laneOf(ended), ended.at(), ended.at(), 'x');
        }
    }

    private char[] laneOf(SyncEvent event) {
        Member peer = event.peer();
        return lanes.computeIfAbsent(peer == null ? Formats.UNKNOWN : Formats.clean(peer.name()), name -> lane());
    }

    private static char[] lane() {
        char[] lane = new char[COLUMNS];
        Arrays.fill(lane, NOTHING);
        return lane;
    }

    /** At least one column, however short it was. */
    private void fill(char[] lane, Instant begin, Instant end, char letter) {
        int last = column(end);
        for (int column = column(begin); column <= last; column++) {
            lane[column] = letter;
        }
    }

    private int column(Instant moment) {
        long column = Duration.between(from, moment).dividedBy(step);
        return (int) Math.max(0, Math.min(COLUMNS - 1, column));
    }

    private String text(Instant to, ScreenStyle style) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(STATE, new String(states)));
        lanes.forEach((name, lane) -> rows.add(List.of(name, new String(lane))));
        Layout layout = new Layout(style);
        layout.line("Timeline from %s to %s, one column is %s"
                .formatted(
                        Formats.dateTime(from, style.zone()),
                        Formats.dateTime(to, style.zone()),
                        Formats.age(step.toMillis())));
        layout.line("");
        Table.lines(rows, column -> false).forEach(layout::line);
        layout.line("");
        layout.line(LEGEND);
        return layout.text();
    }
}
