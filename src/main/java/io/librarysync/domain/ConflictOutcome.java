package io.librarysync.domain;

import java.util.Locale;

/** How two versions whose writers had not seen each other were settled. */
public enum ConflictOutcome implements Labelled {
    /** The stored version has the larger stamp and stays. */
    KEPT_LOCAL,
    /** The incoming version has the larger stamp and wins. */
    TOOK_REMOTE,
    /** A deletion wins over any other version. */
    DELETE_WON,
    /** Not settled by a rule; needs attention. */
    UNRESOLVED;

    private final String label = name().toLowerCase(Locale.ROOT);

    @Override
    public String label() {
        return label;
    }
}
