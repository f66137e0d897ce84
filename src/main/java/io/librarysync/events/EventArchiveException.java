package io.librarysync.events;

/** The archive of events could not be read or written; the message says why. */
public final class EventArchiveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EventArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
