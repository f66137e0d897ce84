package io.librarysync.domain;

/** A constant with the name under which it is counted and shown, in snake_case. */
public interface Labelled {
    String label();
}
