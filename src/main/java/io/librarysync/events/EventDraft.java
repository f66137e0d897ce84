package io.librarysync.events;

import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Session;
import io.librarysync.metrics.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event until it has a number. */
final class EventDraft {
    private final SyncEventType type;
    private final long atMillis;
    private final String summary;
    private @Nullable Member peer;
    private List<String> models = List.of();
    private @Nullable Long records;
    private @Nullable Duration duration;
    private @Nullable String correlation;

    EventDraft(SyncEventType type, long atMillis, String summary) {
        this.type = type;
        this.atMillis = atMillis;
        this.summary = summary;
    }

    EventDraft with(@Nullable Member other) {
        peer = other;
        return this;
    }

    EventDraft of(ModelTally changes) {
        models = changes.parts().stream().map(part -> part.model().name()).toList();
        records = (long) changes.total();
        return this;
    }

    EventDraft of(@Nullable ModelType model) {
        models = model == null ? List.of() : List.of(model.name());
        return this;
    }

    EventDraft records(long count) {
        records = count;
        return this;
    }

    EventDraft lasting(Duration time) {
        duration = Duration.ofMillis(time.toMillis());
        return this;
    }

    EventDraft in(Session session) {
        return in(session.id());
    }

    EventDraft in(UUID session) {
        correlation = session.toString();
        return this;
    }

    SyncEvent event(EventId id, Member device) {
        return new SyncEvent(
                id,
                Instant.ofEpochMilli(atMillis),
                type,
                device,
                peer,
                models,
                records,
                duration,
                correlation,
                summary,
                null);
    }
}
