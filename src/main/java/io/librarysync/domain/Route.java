package io.librarysync.domain;

import java.util.Locale;

/** The way by which a received change came. */
public enum Route implements Labelled {
    /** First send of a broadcast. */
    LIVE,
    /** A resend of a broadcast. */
    RETRY,
    /** A page pulled from a watermark. */
    CATCH_UP,
    /** A page pulled from nothing. */
    BACKFILL,
    /** A row of the shared snapshot that precedes a pulled log. */
    SNAPSHOT;

    private final String label = name().toLowerCase(Locale.ROOT);

    @Override
    public String label() {
        return label;
    }
}
