package io.librarysync.engine;

/** How this device writes its messages; it reads both. */
public enum WireFormat {
    SMILE,
    JSON
}
