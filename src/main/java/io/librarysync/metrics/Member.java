package io.librarysync.metrics;

/** A library or a device by id and by the name that people gave it. */
public record Member(String id, String name) {}
