package io.librarysync.http;

import com.sun.net.httpserver.HttpExchange;
import io.librarysync.domain.Reach;
import io.librarysync.events.EventArchiveException;
import io.librarysync.events.EventBook;
import io.librarysync.events.EventQuery;
import io.librarysync.events.LibraryEvents;
import io.librarysync.export.EventFormat;
import io.librarysync.export.EventSources;
import io.librarysync.export.LibraryEventsJson;
import io.librarysync.export.ScreenStyle;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code /api/sync/events}: past events of this device or of all, in every form that events have. */
final class EventsApi {
    private static final String ALL_DEVICES = "all_devices";
    /** A header that says how many devices did not answer. */
    private static final String SILENT = "Sync-Devices-Silent";

    private static final Set<String> KNOWN = Stream.concat(
                    EventParameters.KINDS.stream(),
                    Stream.of("since", "until", "limit", "offset", "format", "zone", "color", "ascii", ALL_DEVICES))
            .collect(Collectors.toUnmodifiableSet());

    private final EventBook events;
    private final EventParameters filters;
    private final DeviceServer.Status peers;
    private final Supplier<Instant> now;

    EventsApi(EventBook events, EventParameters filters, DeviceServer.Status peers, Supplier<Instant> now) {
        this.events = events;
        this.filters = filters;
        this.peers = peers;
        this.now = now;
    }

    void events(HttpExchange exchange) throws IOException {
        SyncApi.answer(exchange, KNOWN, parameters -> {
            EventFormat format = format(parameters.one("format"), exchange);
            ScreenStyle style = SyncApi.styleWithoutLimit(parameters);
            try {
                EventQuery query = query(parameters, style);
                return parameters.flag(ALL_DEVICES) ? ofLibrary(query, format, style) : own(query, format, style);
            } catch (EventArchiveException e) {
                return Reply.error(Reply.UNAVAILABLE, "the event log cannot be read now: " + e.getMessage());
            }
        });
    }

    private Reply own(EventQuery query, EventFormat format, ScreenStyle style) {
        return Reply.of(format.mediaType(), format.render(events.find(query), style));
    }

    private Reply ofLibrary(EventQuery query, EventFormat format, ScreenStyle style) {
        LibraryEvents all = events.find(query, peers.eventsOfPeers(query));
        long silent = all.devices().stream()
                .filter(device -> device.reach() != Reach.ANSWERED)
                .count();
        return Reply.of(format.mediaType(), text(all, format, style)).withHeader(SILENT, String.valueOf(silent));
    }

    private static String text(LibraryEvents all, EventFormat format, ScreenStyle style) {
        return switch (format) {
            case JSON -> LibraryEventsJson.tree(all).toPrettyString() + "\n";
            case TEXT ->
                Stream.of(EventSources.clocks(all.devices()), EventSources.missing(all.devices()))
                        .flatMap(List::stream)
                        .collect(Collectors.joining("\n", format.renderOfLibrary(all.events(), style), "\n"));
            default -> format.render(all.events(), style);
        };
    }

    /** A session is a story: it is told from its begin. */
    private EventQuery query(Parameters parameters, ScreenStyle style) {
        return new EventQuery(
                filters.filter(parameters, now.get(), style.zone()),
                !parameters.all("correlation_id").isEmpty(),
                EventQuery.count("limit", parameters.one("limit"), EventQuery.STANDARD_LIMIT),
                EventQuery.count("offset", parameters.one("offset"), 0));
    }

    private static EventFormat format(@Nullable String name, HttpExchange exchange) {
        if (name != null) {
            return EventFormat.ofLabel(name);
        }
        boolean text = SyncApi.preferred(exchange, SyncApi.JSON, SyncApi.TEXT).equals(SyncApi.TEXT);
        return text ? EventFormat.TEXT : EventFormat.JSON;
    }
}
