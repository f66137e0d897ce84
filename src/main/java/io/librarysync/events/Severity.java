package io.librarysync.events;

import io.librarysync.domain.Labelled;
import java.util.Locale;

/** How much an event matters. */
public enum Severity implements Labelled {
    /** A step of normal work. */
    DEBUG,
    /** Normal, and worth knowing. */
    INFO,
    /** Not as it should be; sync mends it by itself. */
    WARNING,
    /** Something failed. */
    ERROR;

    private final String label = name().toLowerCase(Locale.ROOT);

    @Override
    public String label() {
        return label;
    }

    /** The one of that label; what is no label is an {@link IllegalArgumentException} that lists them all. */
    public static Severity ofLabel(String label) {
        return Labels.parse("severity", label, values());
    }
}
