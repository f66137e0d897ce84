package io.librarysync.metrics;

import io.librarysync.instrument.GroupSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All metrics of one device at one moment, or the part that a filter selects. Immutable; a category that was not asked for
 * is absent from {@code groups}.
 *
 * @param number rises by one with each snapshot of a run
 * @param enabled whether anything is being recorded
 * @param peer the device id that the numbers are restricted to; null for all
 * @param model the model that the numbers are restricted to; null for all
 */
public record SyncMetricsSnapshot(
        long number,
        Instant timestamp,
        boolean enabled,
        Member library,
        Member device,
        EpochInfo epoch,
        SnapshotWindow window,
        @Nullable String peer,
        @Nullable String model,
        Map<Category, GroupSnapshot<?>> groups) {

    public SyncMetricsSnapshot {
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
    }

    public boolean has(Category category) {
        return groups.containsKey(category);
    }

    public StateMetricsMXBean state() {
        return group(Category.STATE, StateMetricsMXBean.class);
    }

    public OperationMetricsMXBean operations() {
        return group(Category.OPERATIONS, OperationMetricsMXBean.class);
    }

    public DataVolumeMetricsMXBean dataVolume() {
        return group(Category.DATA_VOLUME, DataVolumeMetricsMXBean.class);
    }

    public PerformanceMetricsMXBean performance() {
        return group(Category.PERFORMANCE, PerformanceMetricsMXBean.class);
    }

    public ErrorMetricsMXBean errors() {
        return group(Category.ERRORS, ErrorMetricsMXBean.class);
    }

    /** The group behind a category's interface; asking for one that is absent is an {@link IllegalStateException}. */
    public GroupSnapshot<?> group(Category category) {
        GroupSnapshot<?> group = groups.get(category);
        if (group == null) {
            throw new IllegalStateException("this snapshot was taken without " + category.json());
        }
        return group;
    }

    /** The group of a category's interface; empty if it was not asked for. */
    @SuppressWarnings("unchecked") // a group is kept under the category that declares its type
    public <I> GroupSnapshot<I> group(Class<I> type) {
        for (GroupSnapshot<?> group : groups.values()) {
            if (group.type() == type) {
                return (GroupSnapshot<I>) group;
            }
        }
        return new GroupSnapshot<>(type, Map.of(), Set.of());
    }

    /** The attributes that the filter cannot split and that were therefore left out. */
    public List<String> notFilterable() {
        List<String> names = new ArrayList<>();
        groups.values().forEach(group -> names.addAll(group.notSplit()));
        return names;
    }

    private <I> I group(Category category, Class<I> type) {
        return type.cast(group(category).as());
    }
}
