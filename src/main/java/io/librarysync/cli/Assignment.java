package io.librarysync.cli;

/** One setting and where its value comes from: {@code default}, a file, a preset or a flag. */
public record Assignment(String key, String value, String source) {}
