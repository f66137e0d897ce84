package io.librarysync.domain;

import java.util.Locale;

/** Why a handshake was refused. */
public enum RefusalReason implements Labelled {
    WRONG_LIBRARY,
    WRONG_SECRET,
    PROTOCOL,
    /** The same device id at another address. */
    DUPLICATE_DEVICE,
    /** The peer claims our own device id. */
    OWN_ID,
    /** The peer claims more of our history than we have written. */
    HISTORY_REWOUND;

    private final String label = name().toLowerCase(Locale.ROOT);

    @Override
    public String label() {
        return label;
    }
}
