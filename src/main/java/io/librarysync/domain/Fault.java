package io.librarysync.domain;

/**
 * What went wrong, once. {@code cause} is one of a small set of words that errors are counted by, such as
 * {@code unreachable} or {@code constraint}; {@code message} is for people.
 */
public record Fault(String cause, String message) {}
