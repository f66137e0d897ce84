package io.librarysync.metrics;

/** The dimensions that sync metrics are kept by. */
final class Dimension {
    /** The device at the other end of the link. */
    static final String PEER = "peer";

    static final String MODEL = "model";
    static final String ROUTE = "route";
    static final String REASON = "reason";
    /** The kind of a pull session. */
    static final String KIND = "kind";
    /** The type of a message. */
    static final String TYPE = "type";

    /** What came in, of that which is recorded in two steps. */
    static final String ACCOUNT = "account";

    static final String OUTCOME = "outcome";
    static final String CAUSE = "cause";

    static final String STATE = "state";

    /** One state and the next, such as {@code CatchingUp->Ready}. */
    static final String EDGE = "edge";

    private Dimension() {}
}
