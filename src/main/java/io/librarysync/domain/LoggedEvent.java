package io.librarysync.domain;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event as one device tells another of it.
 *
 * @param run names the run of the process in which it happened
 * @param sequence counts from 1 in each run
 * @param at epoch milliseconds by the clock of that device
 * @param type its name; a newer device may tell of types that are not known here
 * @param peerId the other device that took part; null if none did
 * @param records how many changes it is about; null if about none
 * @param durationMs how long it took; null if it has no length
 * @param correlationId the session that it belongs to; null if to none
 * @param summary one line for people
 */
public record LoggedEvent(
        String run,
        long sequence,
        long at,
        String type,
        @Nullable String peerId,
        @Nullable String peerName,
        List<String> models,
        @Nullable Long records,
        @Nullable Long durationMs,
        @Nullable String correlationId,
        String summary) {

    public LoggedEvent {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(summary, "summary");
        models = List.copyOf(models);
    }
}
