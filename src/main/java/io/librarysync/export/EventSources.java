package io.librarysync.export;

import io.librarysync.domain.Reach;
import io.librarysync.events.LibraryEvents.OfDevice;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Where the events of a library come from, in sentences for people: one line each. */
public final class EventSources {
    private EventSources() {}

    /** How the clocks of those who answered were dealt with. */
    public static List<String> clocks(List<OfDevice> devices) {
        return devices.stream()
                .filter(device -> device.clockOffsetMillis() != null && device.reach() == Reach.ANSWERED)
                .map(EventSources::clock)
                .toList();
    }

    private static String clock(OfDevice device) {
        long ahead = Objects.requireNonNull(device.clockOffsetMillis());
        String error = "to within %s ms".formatted(Formats.count(Objects.requireNonNull(device.clockErrorMillis())));
        return ahead == 0
                ? "The clocks of %s and this device agree, %s.".formatted(name(device), error)
                : "The clock of %s is %s ms %s; its times are corrected by that, %s."
                        .formatted(
                                name(device),
                                Formats.count(Duration.ofMillis(ahead).abs().toMillis()),
                                ahead > 0 ? "ahead" : "behind",
                                error);
    }

    /** What is not among the events, and why. */
    public static List<String> missing(List<OfDevice> devices) {
        return devices.stream().flatMap(EventSources::missing).toList();
    }

    private static Stream<String> missing(OfDevice device) {
        if (device.reach() != Reach.ANSWERED) {
            return Stream.of(silence(device) + "; its events are missing");
        }
        return device.hasMore()
                ? Stream.of(name(device) + " has more of these events than one answer holds;"
                        + " narrow --since, --until or the kinds")
                : Stream.empty();
    }

    private static String silence(OfDevice device) {
        String name = name(device);
        return switch (device.reach()) {
            case ANSWERED -> name + " answered";
            case OFFLINE -> name + " is offline";
            case PAUSED -> "sync is paused on " + name;
            case REFUSED -> "nothing is exchanged with " + name;
            case SILENT -> name + " did not answer in time";
            case CANNOT_SAY -> name + " does not understand the question, or we its answer: it runs another version";
            case FAILED -> name + " could not read its event log";
            case NOT_ASKED -> name + " was not asked, because sync is paused on this device";
        };
    }

    private static String name(OfDevice device) {
        return Formats.clean(device.device().name());
    }
}
