package io.librarysync.domain;

import java.util.Locale;

/** What came of asking a device. */
public enum Reach implements Labelled {
    ANSWERED,
    OFFLINE,
    PAUSED,
    /** Nothing is exchanged with it, because its library, or ours, comes from an older copy. */
    REFUSED,
    /** It did not answer in time. */
    SILENT,
    /** It does not understand the question, as an older version does not. */
    CANNOT_SAY,
    /** It tried, and failed. */
    FAILED,
    /** This device is paused itself. */
    NOT_ASKED;

    private final String label = name().toLowerCase(Locale.ROOT);

    @Override
    public String label() {
        return label;
    }
}
