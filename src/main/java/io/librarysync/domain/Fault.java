package io.librarysync.domain;

import java.util.Objects;

/**
 * What went wrong, once. {@code cause} is one of a small set of words that errors are counted by, such as
 * {@code unreachable} or {@code constraint}; {@code message} is for people; one that quotes too much of
 * what it complains about is cut in the middle.
 */
public record Fault(String cause, String message) {

    private static final int LONGEST = 1_000;

    public Fault {
        Objects.requireNonNull(cause, "cause");
        message = message.length() <= LONGEST ? message : cut(message);
    }

    private static String cut(String message) {
        return message.substring(0, LONGEST / 2) + "\u2026" + message.substring(message.length() - LONGEST / 2);
    }
}
