package io.librarysync.domain;

import java.util.List;

/**
 * What came of asking a device for past events.
 *
 * @param clock how far its clock, by which the events are, is ahead of ours
 * @param events in the order that was asked for; none unless it answered
 * @param hasMore it has more of those that were asked for than one answer holds
 */
public record EventLogAnswer(
        DeviceId device, String name, Reach reach, ClockOffset clock, List<LoggedEvent> events, boolean hasMore) {

    public EventLogAnswer {
        events = List.copyOf(events);
    }
}
