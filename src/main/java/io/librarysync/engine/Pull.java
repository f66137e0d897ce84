package io.librarysync.engine;

/** What one origin or the shared log of one peer is pulled by: pages, one after the other. */
interface Pull {

    /** Asks for the next page; {@link PullSession#pullDone} or {@link PullSession#pullMalformed} follows in the end. */
    void next();
}
