package io.librarysync.domain;

/** Who may write the records of a model. */
public enum Ownership {
    /** Only the device that created the record; its latest state travels. */
    DEVICE_OWNED,
    /** Any member; every change travels as an entry stamped by a {@link Hlc}. */
    SHARED
}
