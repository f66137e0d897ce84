package io.librarysync.history;

import io.librarysync.domain.SyncClock;
import io.librarysync.metrics.Capture;
import io.librarysync.metrics.ErrorEvent;
import io.librarysync.metrics.MetricsSample;
import io.librarysync.metrics.SampleWriter;
import io.librarysync.metrics.StateTransition;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns captures into samples of the epoch that lasts. Whoever calls holds the metrics still, so that no epoch turns in
 * between; that also makes it safe from several threads.
 */
final class Recording {

    /** What a sample is taken for. */
    enum Kind {
        /** The time has come. */
        REGULAR,
        /** Something has happened: the whole snapshot is kept beside it for a while. */
        WHOLE,
        /** The whole snapshot is kept for good. */
        LASTING
    }

    private final SyncClock clock;
    private final SampleChain chain;
    private final SampleRing ring;
    private final Function<SyncMetricsSnapshot, String> json;
    private final RecentActivity recent = new RecentActivity();
    private @Nullable SampleWriter writer;
    private @Nullable Epoch open;
    private @Nullable MetricsSample last;

    Recording(SyncClock clock, SampleChain chain, SampleRing ring, Function<SyncMetricsSnapshot, String> json) {
        this.clock = clock;
        this.chain = chain;
        this.ring = ring;
        this.json = json;
    }

    void writeWith(SampleWriter samples) {
        writer = samples;
    }

    void begin(Epoch epoch) {
        open = epoch;
        last = null;
        chain.begin(epoch.startedAt());
        recent.begin(clock.nanos());
    }

    void end() {
        open = null;
    }

    boolean isOpen() {
        return open != null;
    }

    Epoch open() {
        return Objects.requireNonNull(open, "no epoch lasts");
    }

    /** The capture as it would be written down. */
    MetricsSample written(Capture capture) {
        return Objects.requireNonNull(writer, "the history has not begun").write(capture);
    }

    /** Adds a sample to the ring and returns what is to be stored. */
    Entry.Taken take(Capture capture, Kind kind) {
        MetricsSample taken = written(capture);
        Sample sample = chain.append(taken, clock.nanos(), kind == Kind.LASTING);
        boolean whole = kind != Kind.REGULAR || sample.tier() != Tier.SHORT;
        Entry.Taken entry = new Entry.Taken(
                sample, freshTransitions(taken), freshErrors(taken), whole ? json.apply(capture.snapshot()) : null);
        ring.add(open(), entry);
        recent.add(clock.nanos(), capture.activity());
        last = taken;
        return entry;
    }

    /** What was done lately, up to the capture; empty while no epoch lasts. */
    Optional<Trend> trend(Capture capture) {
        return isOpen() ? recent.trend(clock.nanos(), capture.activity()) : Optional.empty();
    }

    private List<StateTransition> freshTransitions(MetricsSample taken) {
        long before = last == null ? 0 : last.transitions();
        return newest(taken.history(), taken.transitions() - before);
    }

    private List<ErrorEvent> freshErrors(MetricsSample taken) {
        long before = last == null ? 0 : last.errors();
        List<ErrorEvent> oldestFirst = new ArrayList<>(taken.recentErrors());
        Collections.reverse(oldestFirst);
        return newest(oldestFirst, taken.errors() - before);
    }

    private static <E> List<E> newest(List<E> oldestFirst, long fresh) {
        int kept = (int) Math.max(0, Math.min(oldestFirst.size(), fresh));
        return oldestFirst.subList(oldestFirst.size() - kept, oldestFirst.size());
    }
}
