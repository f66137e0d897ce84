package io.librarysync.domain;

import java.util.Locale;

/** Why an own change left the outbox without a send; peers pull it later. */
public enum DeferReason implements Labelled {
    NO_PEER,
    OVERFLOW,
    PAUSED;

    private final String label = name().toLowerCase(Locale.ROOT);

    @Override
    public String label() {
        return label;
    }
}
