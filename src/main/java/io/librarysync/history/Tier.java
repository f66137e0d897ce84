package io.librarysync.history;

/** How long a sample is kept, and so what it may be the difference to: a sample of no shorter life. */
public enum Tier {
    /** Stands alone; one every few hours, and every one that ends an epoch or was asked for. */
    LONG,
    /** The difference to a sample of {@link #LONG}. */
    MEDIUM,
    /** Every other one; a few stand between two that later ones are the difference to. */
    SHORT
}
