package io.librarysync.metrics;

import io.librarysync.instrument.Distribution;
import io.librarysync.instrument.GroupSnapshot;
import io.librarysync.instrument.MetricDescription;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.instrument.Parts;
import io.librarysync.instrument.Reading;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All that the metrics of a device say at one moment, about one stretch of time: read once, shown in as many ways as wanted.
 * Whatever is computed from one capture agrees number for number.
 */
public final class Capture {
    private final Header header;
    private final SyncCells cells;
    private final Reading counted;
    private final Moment moment;
    private final Supplier<OpenWork> opening;

    /**
     * What a snapshot says of itself.
     *
     * @param number of the snapshots made of it
     */
    record Header(long number, boolean enabled, Member library, EpochInfo epoch, SnapshotWindow window) {}

    /** @param opening what was open when the stretch of time began */
    Capture(Header header, SyncCells cells, Reading counted, Moment moment, OpenWork opening) {
        this(header, cells, counted, moment, () -> opening);
    }

    /** @param opening finds out what was open when the stretch of time began, whenever somebody asks */
    Capture(Header header, SyncCells cells, Reading counted, Moment moment, Supplier<OpenWork> opening) {
        this.header = header;
        this.cells = cells;
        this.counted = counted;
        this.moment = moment;
        this.opening = opening;
    }

    public Instant timestamp() {
        return Instant.ofEpochMilli(moment.millis());
    }

    public EpochInfo epoch() {
        return header.epoch();
    }

    public SnapshotWindow window() {
        return header.window();
    }

    /** Everything. */
    public SyncMetricsSnapshot snapshot() {
        return snapshot(SnapshotFilter.NONE);
    }

    /** What the filter selects. */
    public SyncMetricsSnapshot snapshot(SnapshotFilter filter) {
        SyncView view = view(filter);
        return frozen(filter, group -> group.freeze(view));
    }

    /** What the filter selects, and of that the wanted metrics only; nothing else is computed. */
    public SyncMetricsSnapshot snapshot(SnapshotFilter filter, Predicate<MetricDescription> wanted) {
        SyncView view = view(filter);
        return frozen(filter, group -> group.freeze(view, wanted));
    }

    private SyncMetricsSnapshot frozen(
            SnapshotFilter filter, Function<MetricGroup<?, SyncView>, GroupSnapshot<?>> freeze) {
        return new SyncMetricsSnapshot(
                header.number(),
                timestamp(),
                header.enabled(),
                header.library(),
                moment.device(),
                header.epoch(),
                header.window(),
                filter.peer(),
                filter.model(),
                groups(filter, freeze));
    }

    /** How much of each kind of work was done. */
    public Activity activity() {
        return cells.activity(view(SnapshotFilter.NONE));
    }

    /** The counters that counted anything, split by the device at the other end of the link, then split by model. */
    public List<Parts> parts() {
        SyncView view = view(SnapshotFilter.NONE);
        return Stream.of(Dimension.PEER, Dimension.MODEL)
                .flatMap(dimension -> Stream.of(Category.values())
                        .flatMap(category -> cells.group(category).parts(view, dimension).stream()))
                .toList();
    }

    /** Every distribution by attribute, each by the labels of its key; under an empty label if it has none. */
    public Map<String, Map<String, Distribution>> distributions() {
        SyncView view = view(SnapshotFilter.NONE);
        Map<String, Map<String, Distribution>> distributions = new HashMap<>();
        for (Category category : Category.values()) {
            distributions.putAll(cells.group(category).distributions(view));
        }
        return distributions;
    }

    /** The members besides this device, by name. */
    public List<PartnerSnapshot> partners() {
        return Partners.of(view(SnapshotFilter.NONE), cells);
    }

    /** The id of a device by name, id, unique prefix of at least four characters, or {@code self}. */
    public String peerId(String text) {
        return new PeerNames(moment.device(), moment.names()).idOf(text);
    }

    /** Checks that a model is known. */
    public String modelName(String text) {
        return cells.modelName(text);
    }

    SyncCells cells() {
        return cells;
    }

    Reading counted() {
        return counted;
    }

    Moment moment() {
        return moment;
    }

    OpenWork opening() {
        return opening.get();
    }

    /** What was open when the stretch of time began, and what came in since, less the outcomes. */
    OpenWork unsettled() {
        return opening.get().plus(cells.accounts().unsettled(counted, moment));
    }

    long number() {
        return header.number();
    }

    private Map<Category, GroupSnapshot<?>> groups(
            SnapshotFilter filter, Function<MetricGroup<?, SyncView>, GroupSnapshot<?>> freeze) {
        Map<Category, GroupSnapshot<?>> groups = new EnumMap<>(Category.class);
        for (Category category : Category.values()) {
            if (filter.categories().contains(category)) {
                groups.put(category, freeze.apply(cells.group(category)));
            }
        }
        return groups;
    }

    private SyncView view(SnapshotFilter filter) {
        return new SyncView(counted, filter, moment, opening);
    }
}
