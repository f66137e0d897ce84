package io.librarysync.domain;

import java.util.Locale;

/** The five types of error; each error is of exactly one. */
public enum ErrorKind implements Labelled {
    NETWORK,
    DATABASE,
    APPLY,
    VALIDATION,
    OTHER;

    private final String label = name().toLowerCase(Locale.ROOT);

    @Override
    public String label() {
        return label;
    }
}
