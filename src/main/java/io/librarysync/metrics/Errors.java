package io.librarysync.metrics;

import io.librarysync.domain.ErrorKind;
import io.librarysync.domain.Fault;
import io.librarysync.domain.SyncClock;
import io.librarysync.instrument.CounterFamily;
import io.librarysync.instrument.EvictingRing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last errors with what they say, and how often each cause was met. */
final class Errors {
    /** @param count how many there had been in the run */
    record Recent(List<ErrorEvent> newestFirst, long count) {
        Recent {
            newestFirst = List.copyOf(newestFirst);
        }
    }

    private static final int RECENT = 100;
    private static final int CAUSES = 100;
    private static final int LONGEST_MESSAGE = 500;
    private static final String OTHER_CAUSE = "other";

    private final SyncClock clock;
    private final CounterFamily byCause;
    private final EvictingRing<ErrorEvent> recent = new EvictingRing<>(RECENT);
    private final LabelCap causes = new LabelCap(CAUSES);

    Errors(SyncClock clock, CounterFamily byCause) {
        this.clock = clock;
        this.byCause = byCause;
    }

    void add(ErrorKind kind, Fault fault, @Nullable String peer, @Nullable String model) {
        String cause = causes.admits(fault.cause()) ? fault.cause() : OTHER_CAUSE;
        byCause.at(orEmpty(peer), orEmpty(model), kind.label() + "." + cause).increment();
        recent.add(new ErrorEvent(clock.millis(), kind.label(), shortened(fault.message()), model, peer));
    }

    /** Those still held after the first {@code earlier} of the run. */
    Recent since(long earlier) {
        EvictingRing.Contents<ErrorEvent> contents = recent.contents();
        List<ErrorEvent> events = new ArrayList<>(contents.after(earlier));
        Collections.reverse(events);
        return new Recent(events, contents.added());
    }

    /** A message that is too long keeps its beginning and its end. */
    private static String shortened(String message) {
        int half = LONGEST_MESSAGE / 2;
        return message.length() <= LONGEST_MESSAGE
                ? message
                : message.substring(0, half) + "…" + message.substring(message.length() - half);
    }

    private static String orEmpty(@Nullable String label) {
        return label == null ? "" : label;
    }
}
