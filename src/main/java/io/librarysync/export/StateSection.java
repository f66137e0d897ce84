package io.librarysync.export;

import io.librarysync.instrument.GroupSnapshot;
import io.librarysync.metrics.StateMetricsMXBean;
import io.librarysync.metrics.StateTransition;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.util.List;
import java.util.regex.Pattern;

/** The State section; under a filter nothing of it is left, then it is not shown. */
final class StateSection {
    private static final Pattern BEHIND = Pattern.compile("\\b(\\d{1,18})ms behind");

    private final SyncMetricsSnapshot snapshot;
    private final GroupSnapshot<StateMetricsMXBean> state;
    private final Layout layout;

    StateSection(SyncMetricsSnapshot snapshot, Layout layout) {
        this.snapshot = snapshot;
        this.state = snapshot.group(StateMetricsMXBean.class);
        this.layout = layout;
    }

    void add() {
        if (state.find(StateMetricsMXBean::getCurrentState).isEmpty()) {
            return;
        }
        StateMetricsMXBean values = state.as();
        layout.title("State");
        String current = values.getCurrentState();
        layout.labelled("Current: " + layout.paint(Colour.ofState(current), current));
        layout.labelled("In sync: " + inSync(values));
        layout.labelled("Uptime: " + Formats.toTheSecond(values.getUptimeMillis()));
        layout.labelled("Last transition: " + lastTransition(values));
        layout.group("Time in state", Shares.largestFirst(values.getTotalTimeInState(), Formats::toTheSecond));
    }

    private String inSync(StateMetricsMXBean values) {
        String reason = values.getOutOfSyncReason();
        return reason == null ? layout.paint(Colour.GOOD, "yes") : "no (" + Formats.clean(readable(reason)) + ")";
    }

    private static String readable(String reason) {
        return BEHIND.matcher(reason).replaceAll(lag -> Formats.age(Long.parseLong(lag.group(1))) + " behind");
    }

    private String lastTransition(StateMetricsMXBean values) {
        List<StateTransition> history = values.getStateHistory();
        if (history.isEmpty()) {
            return Formats.UNKNOWN;
        }
        StateTransition last = history.get(history.size() - 1);
        long ago = Math.max(0, snapshot.timestamp().toEpochMilli() - last.atEpochMillis());
        return Formats.duration(ago) + " ago (" + last.from() + " → " + last.to() + ", " + last.reason() + ")";
    }
}
