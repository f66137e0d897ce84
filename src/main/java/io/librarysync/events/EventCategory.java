package io.librarysync.events;

import io.librarysync.domain.Labelled;
import java.util.Locale;

/** What an event is about. */
public enum EventCategory implements Labelled {
    /** The state of sync, its sessions and its metrics. */
    LIFECYCLE,
    /** Changes on their way. */
    DATA_FLOW,
    /** Other devices. */
    NETWORK,
    /** What went wrong. */
    ERROR;

    private final String label = name().toLowerCase(Locale.ROOT);

    @Override
    public String label() {
        return label;
    }

    /** The one of that label; what is no label is an {@link IllegalArgumentException} that lists them all. */
    public static EventCategory ofLabel(String label) {
        return Labels.parse("category", label, values());
    }
}
