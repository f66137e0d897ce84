package io.librarysync.events;

import io.librarysync.domain.EventLogQuery;
import io.librarysync.domain.Labelled;
import io.librarysync.domain.LoggedEvent;
import io.librarysync.metrics.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Events, and questions for them, as they travel between devices. */
public final class EventExchange {
    private EventExchange() {}

    /** A question for another device: for as many as it takes to find what is wanted among those of all. */
    public static EventLogQuery asked(EventQuery query) {
        EventFilter filter = query.filter();
        return new EventLogQuery(
                millis(filter.since()),
                millis(filter.until()),
                labels(filter.types()),
                labels(filter.categories()),
                labels(filter.severities()),
                filter.peer(),
                filter.model(),
                filter.correlations().stream().sorted().toList(),
                query.oldestFirst(),
                query.fromFirst().limit());
    }

    /** The question of another device; one that makes no sense here is an {@link IllegalArgumentException}. */
    public static EventQuery read(EventLogQuery query) {
        EventFilter filter = new EventFilter(
                moment(query.since()),
                moment(query.until()),
                constants(query.types(), SyncEventType::ofLabel),
                constants(query.categories(), EventCategory::ofLabel),
                constants(query.severities(), Severity::ofLabel),
                query.peer(),
                query.model(),
                new HashSet<>(query.correlationIds()));
        return new EventQuery(filter, query.oldestFirst(), query.limit(), 0);
    }

    /** An event for another device. */
    public static LoggedEvent told(SyncEvent event) {
        Member peer = event.peer();
        return new LoggedEvent(
                event.id().run(),
                event.id().sequence(),
                event.at().toEpochMilli(),
                event.type().label(),
                peer == null ? null : peer.id(),
                peer == null ? null : peer.name(),
                event.models(),
                event.records(),
                event.duration() == null ? null : event.duration().toMillis(),
                event.correlation(),
                event.summary());
    }

    /** An event of another device; what is none, or of a type that is not known here, is an {@link IllegalArgumentException}. */
    static SyncEvent read(LoggedEvent event, Member device) {
        String peer = event.peerId();
        String name = event.peerName();
        EventId id = new EventId(event.run(), event.sequence());
        return new SyncEvent(
                EventId.parse(id.toString()),
                Instant.ofEpochMilli(event.at()),
                SyncEventType.ofLabel(event.type()),
                device,
                peer == null ? null : new Member(peer, name == null ? peer : name),
                event.models(),
                event.records(),
                event.durationMs() == null ? null : Duration.ofMillis(event.durationMs()),
                event.correlationId(),
                event.summary(),
                null);
    }

    private static @Nullable Long millis(@Nullable Instant moment) {
        return moment == null ? null : moment.toEpochMilli();
    }

    private static @Nullable Instant moment(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private static List<String> labels(Collection<? extends Labelled> constants) {
        return constants.stream().map(Labelled::label).sorted().toList();
    }

    private static <T> Set<T> constants(List<String> labels, Function<String, T> parse) {
        return labels.stream().map(parse).collect(Collectors.toUnmodifiableSet());
    }
}
