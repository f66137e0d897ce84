package io.librarysync.http;

import io.librarysync.domain.Labelled;
import io.librarysync.events.EventCategory;
import io.librarysync.events.EventFilter;
import io.librarysync.events.Severity;
import io.librarysync.events.SyncEventType;
import io.librarysync.history.Window;
import io.librarysync.metrics.SyncMetrics;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads from the parameters of a query which events are wanted. */
final class EventParameters {
    /** Which kinds, with whom and about what. */
    static final Set<String> KINDS = Set.of("event_type", "category", "severity", "peer", "model", "correlation_id");

    private final SyncMetrics metrics;

    EventParameters(SyncMetrics metrics) {
        this.metrics = metrics;
    }

    /** What stands in {@link #KINDS}, {@code since} and {@code until}. */
    EventFilter filter(Parameters parameters, Instant now, ZoneId zone) {
        Window.Between window = Window.between(parameters.one("since"), parameters.one("until"), now, zone);
        return of(parameters, window.since(), window.until());
    }

    private EventFilter of(Parameters parameters, @Nullable Instant since, @Nullable Instant until) {
        String peer = parameters.one("peer");
        String model = parameters.one("model");
        return new EventFilter(
                since,
                until,
                all(parameters, "event_type", SyncEventType::ofLabel),
                all(parameters, "category", EventCategory::ofLabel),
                all(parameters, "severity", Severity::ofLabel),
                peer == null ? null : metrics.peerId(peer),
                model == null ? null : metrics.modelName(model),
                Set.copyOf(parameters.all("correlation_id")));
    }

    private static <T extends Labelled> Set<T> all(Parameters parameters, String name, Function<String, T> parse) {
        List<String> labels = parameters.all(name);
        try {
            return labels.stream().map(parse).collect(Collectors.toUnmodifiableSet());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }
}
