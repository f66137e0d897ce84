package io.librarysync.events;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events are wanted; of an empty set every one.
 *
 * @param since the first moment; null for the begin of all that is kept
 * @param until the first moment that is not wanted any more; null for no end
 * @param peer the id of the other device; that of the device itself for events in which no other took part
 * @param model null for all, whether about a model or not
 * @param correlations sessions, or at least the first eight characters of their ids
 */
public record EventFilter(
        @Nullable Instant since,
        @Nullable Instant until,
        Set<SyncEventType> types,
        Set<EventCategory> categories,
        Set<Severity> severities,
        @Nullable String peer,
        @Nullable String model,
        Set<String> correlations) {
    private static final int SHORTEST_PREFIX = 8;

    /** Every event. */
    public static final EventFilter ALL =
            new EventFilter(null, null, Set.of(), Set.of(), Set.of(), null, null, Set.of());

    public EventFilter {
        types = Set.copyOf(types);
        categories = Set.copyOf(categories);
        severities = Set.copyOf(severities);
        correlations = Set.copyOf(correlations);
        for (String correlation : correlations) {
            if (!correlation.matches("[0-9a-f-]{" + SHORTEST_PREFIX + ",36}")) {
                throw new IllegalArgumentException("no session has the id \"" + correlation
                        + "\"; it is a uuid, or the first " + SHORTEST_PREFIX + " characters of one");
            }
        }
    }

    public boolean selects(SyncEvent event) {
        return isInTime(event) && isOfKind(event) && isWith(event) && isOf(event) && isIn(event);
    }

    private boolean isInTime(SyncEvent event) {
        return (since == null || !event.at().isBefore(since))
                && (until == null || event.at().isBefore(until));
    }

    private boolean isOfKind(SyncEvent event) {
        return wants(types, event.type()) && wants(categories, event.category()) && wants(severities, event.severity());
    }

    private static <T> boolean wants(Set<T> wanted, T found) {
        return wanted.isEmpty() || wanted.contains(found);
    }

    private boolean isWith(SyncEvent event) {
        String other = event.peer() == null ? event.device().id() : event.peer().id();
        return peer == null || peer.equals(other);
    }

    private boolean isOf(SyncEvent event) {
        return model == null || event.models().contains(model);
    }

    private boolean isIn(SyncEvent event) {
        String session = event.correlation();
        return correlations.isEmpty()
                || (session != null && correlations.stream().anyMatch(session::startsWith));
    }
}
