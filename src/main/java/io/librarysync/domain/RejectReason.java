package io.librarysync.domain;

import java.util.Locale;
import java.util.Optional;

/** Why a received change ended without effect. A rejection is an error only where {@link #errorKind()} says so. */
public enum RejectReason implements Labelled {
    /** Already settled here. */
    DUPLICATE,
    /** The stored version is newer. */
    STALE,
    /** One of our own changes came back. */
    ECHO,
    /** The record, or one it needs, is deleted. */
    TOMBSTONED,
    /** Sent by a device that does not own it. */
    NOT_OWNER(ErrorKind.VALIDATION),
    /** Not a well-formed change of a known model. */
    VALIDATION(ErrorKind.VALIDATION),
    /** Stamped too far ahead of our wall clock. */
    CLOCK_AHEAD(ErrorKind.VALIDATION),
    /** The row it needs never came. */
    MISSING_DEPENDENCY(ErrorKind.APPLY),
    /** Refused by the database. */
    APPLY_ERROR(ErrorKind.APPLY),
    /** No room to hold it; it comes again by catch-up. */
    OVERFLOW,
    /** The transaction of its message failed; counted as one database error for the whole message. */
    ROLLED_BACK;

    private final String label = name().toLowerCase(Locale.ROOT);
    private final Optional<ErrorKind> errorKind;

    RejectReason() {
        errorKind = Optional.empty();
    }

    RejectReason(ErrorKind kind) {
        errorKind = Optional.of(kind);
    }

    @Override
    public String label() {
        return label;
    }

    /** The error that each such rejection is as well; empty where it is part of healthy work. */
    public Optional<ErrorKind> errorKind() {
        return errorKind;
    }
}
