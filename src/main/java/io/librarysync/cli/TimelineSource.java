package io.librarysync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.librarysync.cli.DeviceClient.Parameter;
import io.librarysync.events.EventFilter;
import io.librarysync.events.EventQuery;
import io.librarysync.events.SyncEvent;
import io.librarysync.events.SyncEventType;
import io.librarysync.export.EventJson;
import io.librarysync.export.TimelineScreen.Recorded;
import io.librarysync.history.Epoch;
import io.librarysync.metrics.EpochInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a timeline is drawn from. */
interface TimelineSource {

    /** The newest events of some types, the newest first. */
    List<SyncEvent> newest(
            @Nullable Instant since, @Nullable Instant until, Collection<SyncEventType> types, int limit);

    /** When anything was recorded. */
    List<Recorded> recorded();

    /** A device that answers. */
    record Asked(DeviceClient device) implements TimelineSource {

        @Override
        public List<SyncEvent> newest(
                @Nullable Instant since, @Nullable Instant until, Collection<SyncEventType> types, int limit) {
            List<Parameter> parameters = new ArrayList<>();
            if (since != null) {
                parameters.add(new Parameter("since", since.toString()));
            }
            if (until != null) {
                parameters.add(new Parameter("until", until.toString()));
            }
            types.stream().sorted().forEach(type -> parameters.add(new Parameter("event_type", type.label())));
            parameters.add(new Parameter("limit", String.valueOf(limit)));
            List<SyncEvent> events = new ArrayList<>();
            device.tree("/api/sync/events", parameters).forEach(event -> events.add(EventJson.read(event)));
            return events;
        }

        @Override
        public List<Recorded> recorded() {
            List<Recorded> recorded = new ArrayList<>();
            device.tree("/api/sync/epochs", List.of()).path("epochs").forEach(epoch -> recorded.add(recorded(epoch)));
            return recorded;
        }

        private static Recorded recorded(JsonNode epoch) {
            String ended = epoch.path("ended_at").asText();
            return TimelineSource.recorded(
                    Instant.parse(epoch.path("started_at").asText()),
                    epoch.path("opened_by").asText(),
                    ended.isEmpty() ? null : Instant.parse(ended),
                    epoch.path("ended_by").asText());
        }
    }

    /** A device that does not run. */
    record Kept(KeptPast past) implements TimelineSource {

        @Override
        public List<SyncEvent> newest(
                @Nullable Instant since, @Nullable Instant until, Collection<SyncEventType> types, int limit) {
            EventFilter filter =
                    new EventFilter(since, until, Set.copyOf(types), Set.of(), Set.of(), null, null, Set.of());
            return past.find(new EventQuery(filter, false, limit, 0));
        }

        @Override
        public List<Recorded> recorded() {
            return past.history().epochs().stream().map(Kept::recorded).toList();
        }

        private static Recorded recorded(Epoch epoch) {
            Epoch.Ending by = epoch.endedBy();
            return TimelineSource.recorded(
                    epoch.startedAt(), epoch.info().openedBy(), epoch.endedAt(), by == null ? "" : by.label());
        }
    }

    /** Where a reset ends an epoch, the next one begins, and the state goes on. */
    private static Recorded recorded(Instant begin, String openedBy, @Nullable Instant ended, String endedBy) {
        return new Recorded(
                begin, openedBy.equals(EpochInfo.START), endedBy.equals(Epoch.Ending.RESET.label()) ? null : ended);
    }
}
