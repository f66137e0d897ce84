package io.librarysync.metrics;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Hlc;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.Ownership;
import io.librarysync.domain.SyncState;
import io.librarysync.instrument.Frame;
import io.librarysync.instrument.FrameBuilder;
import io.librarysync.record.SyncLevels;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Moment} as numbers of a frame. Text stands in labels, with 1 as its value; what is false, empty or 0 is left out
 * where that cannot be taken for unknown.
 */
final class MomentFrame {
    private static final String PREFIX = "Moment.";
    private static final String LINK = PREFIX + "link.";
    private static final String NUMBER = PREFIX + "number";
    private static final String MODEL = PREFIX + "model";
    private static final String UPTIME = PREFIX + "uptimeNanos";
    private static final String STATE = PREFIX + "state";
    private static final String ENTERED = PREFIX + "enteredMillis";
    private static final String ENTERED_AGO = PREFIX + "enteredNanos";
    private static final String IN_STATE = PREFIX + "nanosInState";
    private static final String TRANSITIONS = PREFIX + "transitions";
    private static final String ERRORS = PREFIX + "errors";
    private static final String OPENING = PREFIX + "opening";
    private static final String NAME = PREFIX + "name";
    private static final String STAMP_MILLIS = PREFIX + "stampMillis";
    private static final String STAMP_COUNTER = PREFIX + "stampCounter";
    private static final String DRIFT = PREFIX + "driftMillis";
    private static final String PROGRESS = PREFIX + "backfillProgress";
    private static final String BACKFILL_PEER = PREFIX + "backfillPeer";
    private static final String OUTBOX = PREFIX + "outbox";
    private static final String OLDEST_HELD = PREFIX + "oldestHeldMillis";
    private static final String STALLED = PREFIX + "stalledForMillis";
    private static final String ONLINE = LINK + "online";
    private static final String PARTNER = LINK + "partner";
    private static final String PEER_STATE = LINK + "state";
    private static final String NEEDS_CATCH_UP = LINK + "needsCatchUp";
    private static final String SESSIONS = LINK + "activeSessions";
    private static final String RETRIES = LINK + "retryDepth";
    private static final String OUTSTANDING = LINK + "outstanding";
    private static final String HELD_BUFFER = LINK + "heldBuffer";
    private static final String HELD_WAITING = LINK + "heldWaiting";
    private static final String RTT = LINK + "rttNanos";
    private static final String LAG = LINK + "lagMillis";
    private static final double NANOS_PER_MILLI = 1e6;

    private final Map<String, List<Value>> values = new HashMap<>();

    /** One number with its labels. */
    private record Value(List<String> labels, long number) {
        String label(int index) {
            return labels.get(index);
        }
    }

    MomentFrame(Frame frame) {
        frame.forEach(PREFIX, (key, value) -> values.computeIfAbsent(key.metric(), metric -> new ArrayList<>())
                .add(new Value(key.labels(), value)));
    }

    static void write(Capture capture, FrameBuilder frame) {
        Moment moment = capture.moment();
        frame.level(NUMBER, capture.number());
        for (String model : capture.cells().models()) {
            Ownership ownership = capture.cells().isShared(model) ? Ownership.SHARED : Ownership.DEVICE_OWNED;
            frame.level(MODEL, 1, model, ownership.name());
        }
        frame.level(UPTIME, moment.uptimeNanos());
        frame.count(ERRORS, moment.errors());
        capture.opening()
                .amounts()
                .forEach((key, open) -> frame.level(OPENING, open, key.account(), key.peer(), key.model()));
        writeStates(moment.states(), frame);
        moment.names().forEach((device, name) -> frame.level(NAME, 1, device, name));
        moment.stamps().forEach((device, stamp) -> {
            frame.level(STAMP_MILLIS, stamp.millis(), device, stamp.device().toString());
            frame.level(STAMP_COUNTER, stamp.counter(), device, stamp.device().toString());
        });
        writeUnlessNull(frame, DRIFT, moment.driftMillis());
        writeLevels(moment.levels(), frame);
    }

    private static void writeStates(StateStretch states, FrameBuilder frame) {
        frame.level(STATE, 1, states.current().name());
        frame.level(ENTERED, states.enteredMillis());
        frame.level(ENTERED_AGO, states.enteredNanos());
        states.nanosInState().forEach((state, nanos) -> frame.count(IN_STATE, nanos, state.name()));
        states.transitions().forEach((edge, count) -> frame.count(TRANSITIONS, count, edge));
    }

    private static void writeLevels(SyncLevels levels, FrameBuilder frame) {
        Integer progress = levels.backfillProgress();
        writeUnlessNull(frame, PROGRESS, progress == null ? null : progress.longValue());
        DeviceId peer = levels.backfillPeer();
        if (peer != null) {
            frame.level(BACKFILL_PEER, 1, peer.toString());
        }
        levels.outbox().forEach((model, changes) -> writeUnlessZero(frame, OUTBOX, changes, model.name()));
        writeUnlessNull(frame, OLDEST_HELD, levels.oldestHeldMillis());
        writeUnlessZero(frame, STALLED, levels.stalledForMillis());
        levels.links().forEach(link -> writeLink(link, frame));
    }

    private static void writeLink(SyncLevels.Link link, FrameBuilder frame) {
        String peer = link.peer().toString();
        frame.level(ONLINE, link.online() ? 1 : 0, peer);
        writeUnlessZero(frame, PARTNER, link.partner() ? 1 : 0, peer);
        SyncState state = link.peerState();
        if (state != null) {
            frame.level(PEER_STATE, 1, peer, state.name());
        }
        writeUnlessZero(frame, NEEDS_CATCH_UP, link.needsCatchUp() ? 1 : 0, peer);
        writeUnlessZero(frame, SESSIONS, link.activeSessions(), peer);
        writeUnlessZero(frame, RETRIES, link.retryDepth(), peer);
        link.outstanding().forEach((model, n) -> writeUnlessZero(frame, OUTSTANDING, n, peer, model.name()));
        link.heldBuffer().forEach((model, n) -> writeUnlessZero(frame, HELD_BUFFER, n, peer, model.name()));
        link.heldWaiting().forEach((model, n) -> writeUnlessZero(frame, HELD_WAITING, n, peer, model.name()));
        Double rtt = link.rttMillis();
        writeUnlessNull(frame, RTT, rtt == null ? null : Math.round(rtt * NANOS_PER_MILLI), peer);
        writeUnlessNull(frame, LAG, link.lagMillis(), peer);
    }

    private static void writeUnlessNull(FrameBuilder frame, String metric, @Nullable Long value, String... labels) {
        if (value != null) {
            frame.level(metric, value, labels);
        }
    }

    private static void writeUnlessZero(FrameBuilder frame, String metric, long value, String... labels) {
        if (value != 0) {
            frame.level(metric, value, labels);
        }
    }

    long number() {
        return number(NUMBER, 0);
    }

    long errors() {
        return number(ERRORS, 0);
    }

    /** What was open when the epoch began. */
    OpenWork opening() {
        Map<OpenWork.Key, Long> amounts = new HashMap<>();
        all(OPENING)
                .forEach(open ->
                        amounts.put(new OpenWork.Key(open.label(0), open.label(1), open.label(2)), open.number()));
        return new OpenWork(amounts);
    }

    List<ModelType> models() {
        return all(MODEL).stream()
                .map(model -> new ModelType(model.label(0), Ownership.valueOf(model.label(1))))
                .toList();
    }

    Moment moment(Member device, long millis, List<StateTransition> history, List<ErrorEvent> recentErrors) {
        Map<String, String> names = new HashMap<>();
        all(NAME).forEach(name -> names.put(name.label(0), name.label(1)));
        return new Moment(
                device,
                millis,
                number(UPTIME, 0),
                states(history),
                levels(names),
                errors(),
                recentErrors,
                stamps(),
                names,
                numberOrNull(DRIFT));
    }

    private StateStretch states(List<StateTransition> history) {
        Map<SyncState, Long> nanos = new EnumMap<>(SyncState.class);
        all(IN_STATE).forEach(stay -> nanos.put(SyncState.valueOf(stay.label(0)), stay.number()));
        nanos.values().removeIf(stay -> stay == 0);
        Map<String, Long> transitions = new HashMap<>();
        all(TRANSITIONS).forEach(edge -> transitions.put(edge.label(0), edge.number()));
        transitions.values().removeIf(count -> count == 0);
        return new StateStretch(
                currentState(), number(ENTERED, -1), number(ENTERED_AGO, -1), nanos, transitions, history);
    }

    private SyncState currentState() {
        return all(STATE).stream()
                .map(state -> SyncState.valueOf(state.label(0)))
                .findFirst()
                .orElse(SyncState.UNINITIALIZED);
    }

    private Map<String, Hlc> stamps() {
        Map<List<String>, Long> counters = new HashMap<>();
        all(STAMP_COUNTER).forEach(counter -> counters.put(counter.labels(), counter.number()));
        Map<String, Hlc> stamps = new HashMap<>();
        for (Value stamp : all(STAMP_MILLIS)) {
            long counter = counters.getOrDefault(stamp.labels(), 0L);
            stamps.put(stamp.label(0), new Hlc(stamp.number(), counter, DeviceId.parse(stamp.label(1))));
        }
        return stamps;
    }

    private SyncLevels levels(Map<String, String> names) {
        Long progress = numberOrNull(PROGRESS);
        return new SyncLevels(
                currentState(),
                progress == null ? null : progress.intValue(),
                all(BACKFILL_PEER).stream()
                        .map(peer -> DeviceId.parse(peer.label(0)))
                        .findFirst()
                        .orElse(null),
                byModel(all(OUTBOX), 0),
                numberOrNull(OLDEST_HELD),
                number(STALLED, 0),
                links(names));
    }

    private List<SyncLevels.Link> links(Map<String, String> names) {
        Map<String, Map<String, List<Value>>> byPeer = new HashMap<>();
        values.forEach((metric, series) -> {
            if (metric.startsWith(LINK)) {
                series.forEach(value -> byPeer.computeIfAbsent(value.label(0), peer -> new HashMap<>())
                        .computeIfAbsent(metric, m -> new ArrayList<>())
                        .add(value));
            }
        });
        return all(ONLINE).stream()
                .map(online -> link(
                        online.label(0),
                        names.getOrDefault(online.label(0), online.label(0)),
                        byPeer.getOrDefault(online.label(0), Map.of())))
                .toList();
    }

    private static SyncLevels.Link link(String peer, String name, Map<String, List<Value>> of) {
        ToLongFunction<String> number = metric -> first(of, metric, 0);
        return new SyncLevels.Link(
                DeviceId.parse(peer),
                name,
                number.applyAsLong(ONLINE) == 1,
                number.applyAsLong(PARTNER) == 1,
                of.getOrDefault(PEER_STATE, List.of()).stream()
                        .map(state -> SyncState.valueOf(state.label(1)))
                        .findFirst()
                        .orElse(null),
                number.applyAsLong(NEEDS_CATCH_UP) == 1,
                (int) number.applyAsLong(SESSIONS),
                (int) number.applyAsLong(RETRIES),
                byModel(of.getOrDefault(OUTSTANDING, List.of()), 1),
                byModel(of.getOrDefault(HELD_BUFFER, List.of()), 1),
                byModel(of.getOrDefault(HELD_WAITING, List.of()), 1),
                of.containsKey(RTT) ? first(of, RTT, 0) / NANOS_PER_MILLI : null,
                of.containsKey(LAG) ? first(of, LAG, 0) : null);
    }

    /** By model, whose name stands at {@code index}; nobody asks these for their ownership. */
    private static Map<ModelType, Long> byModel(List<Value> series, int index) {
        Map<ModelType, Long> byModel = new HashMap<>();
        series.forEach(value -> byModel.put(ModelType.deviceOwned(value.label(index)), value.number()));
        return byModel;
    }

    private static long first(Map<String, List<Value>> values, String metric, long unknown) {
        List<Value> series = values.getOrDefault(metric, List.of());
        return series.isEmpty() ? unknown : series.get(0).number();
    }

    private long number(String metric, long unknown) {
        return first(values, metric, unknown);
    }

    private @Nullable Long numberOrNull(String metric) {
        return values.containsKey(metric) ? Long.valueOf(number(metric, 0)) : null;
    }

    private List<Value> all(String metric) {
        return values.getOrDefault(metric, List.of());
    }
}
