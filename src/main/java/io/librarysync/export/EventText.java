package io.librarysync.export;

import io.librarysync.events.SyncEvent;
import io.librarysync.metrics.Member;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Events as text: one line each. */
final class EventText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");
    private static final String GAP = "  ";
    private static final int SHORT_ID = 8;

    private EventText() {}

    /** Time, severity, type, peer, summary, session; what there is of them. */
    static String line(SyncEvent event, ZoneId zone) {
        return line(event, List.of(time(event, zone)));
    }

    /** The same, with the device after the time. */
    static String lineOfLibrary(SyncEvent event, ZoneId zone) {
        return line(
                event, List.of(time(event, zone), Formats.clean(event.device().name())));
    }

    private static String time(SyncEvent event, ZoneId zone) {
        return TIME.withZone(zone).format(event.at());
    }

    private static String line(SyncEvent event, List<String> whenAndWhere) {
        List<String> parts = new ArrayList<>(whenAndWhere);
        parts.add(event.severity().label());
        parts.add(event.type().label());
        Member peer = event.peer();
        if (peer != null) {
            parts.add(Formats.clean(peer.name()));
        }
        parts.add(Formats.clean(event.summary()) + lasted(event));
        String correlation = event.correlation();
        if (correlation != null) {
            parts.add("[" + correlation.substring(0, Math.min(SHORT_ID, correlation.length())) + "]");
        }
        return String.join(GAP, parts);
    }

    private static String lasted(SyncEvent event) {
        Duration duration = event.duration();
        return duration == null ? "" : " in " + Formats.age(duration.toMillis());
    }
}
