package io.librarysync.events;

import io.librarysync.domain.SyncState;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The change that a {@code state_transition} tells of; its summary is the edge and the reason. */
public record StateEdge(SyncState from, SyncState to) {
    private static final Pattern SUMMARY = Pattern.compile("(\\w+) -> (\\w+): .*", Pattern.DOTALL);

    static String summary(SyncState from, SyncState to, String reason) {
        return "%s -> %s: %s".formatted(from.label(), to.label(), reason);
    }

    /** The edge of an event; empty if it tells of none. */
    public static Optional<StateEdge> of(SyncEvent event) {
        Matcher summary = SUMMARY.matcher(event.summary());
        return event.type() == SyncEventType.STATE_TRANSITION && summary.matches()
                ? Optional.of(new StateEdge(SyncState.ofLabel(summary.group(1)), SyncState.ofLabel(summary.group(2))))
                : Optional.empty();
    }
}
