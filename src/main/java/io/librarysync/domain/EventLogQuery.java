package io.librarysync.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which past events one device wants of another; of an empty list every one.
 *
 * @param since the first moment, in epoch milliseconds of the clock of the device that is asked; null for no begin
 * @param until the first moment that is not wanted any more, by the same clock; null for no end
 * @param peer the id of the other device that took part; that of the device itself if none did
 * @param correlationIds sessions, or the first characters of their ids
 * @param oldestFirst which ones come if there are more than {@code limit}
 */
public record EventLogQuery(
        @Nullable Long since,
        @Nullable Long until,
        List<String> types,
        List<String> categories,
        List<String> severities,
        @Nullable String peer,
        @Nullable String model,
        List<String> correlationIds,
        boolean oldestFirst,
        int limit) {

    public EventLogQuery {
        types = List.copyOf(types);
        categories = List.copyOf(categories);
        severities = List.copyOf(severities);
        correlationIds = List.copyOf(correlationIds);
    }

    /** The same with another limit. */
    public EventLogQuery withLimit(int most) {
        return new EventLogQuery(
                since, until, types, categories, severities, peer, model, correlationIds, oldestFirst, most);
    }

    /** The same moments, given by our clock, as the clock of another device shows them; wider by what is not known of it. */
    public EventLogQuery asSeenBy(ClockOffset other) {
        return new EventLogQuery(
                since == null ? null : (long) Math.floor((double) since + other.ahead() - other.error()),
                until == null ? null : (long) Math.ceil((double) until + other.ahead() + other.error()),
                types,
                categories,
                severities,
                peer,
                model,
                correlationIds,
                oldestFirst,
                limit);
    }
}
