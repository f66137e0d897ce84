package io.librarysync.domain;

import java.util.Locale;

/** The two kinds of pull session. */
public enum SessionKind implements Labelled {
    /** From nothing, before the device was ever in step. */
    BACKFILL,
    /** From the watermarks. */
    CATCH_UP;

    private final String label = name().toLowerCase(Locale.ROOT);

    @Override
    public String label() {
        return label;
    }
}
