package io.librarysync.metrics;

/** One change of state, by the states' labels; {@code reason} is never empty. */
public record StateTransition(String from, String to, long atEpochMillis, String reason) {

    /** The edge as a key, such as {@code CatchingUp->Ready}. */
    public String edge() {
        return from + "->" + to;
    }
}
