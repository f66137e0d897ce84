package io.librarysync.engine;

import org.slf4j.Logger;

/** Logs failures: one of the database in a line, because it is none of the program's; any other with where it happened. */
final class FailureLog {
    private final Logger log;

    FailureLog(Logger log) {
        this.log = log;
    }

    /** @param what could not be done */
    void failed(String what, Throwable why) {
        if (why instanceof StoreException) {
            log.warn("{}: {}", what, why.getMessage());
            log.debug("{}", what, why);
        } else {
            log.error("{}", what, why);
        }
    }
}
