package io.librarysync.testing;

import io.librarysync.metrics.OperationMetricsMXBean;
import io.librarysync.metrics.SnapshotFilter;
import io.librarysync.metrics.SyncMetricsSnapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What runs of a device counted, over all their epochs: a reset in the middle leaves no half of anything out of it. */
final class Account {
    private final List<SyncMetricsSnapshot> epochs;

    private Account(List<SyncMetricsSnapshot> epochs) {
        this.epochs = epochs;
    }

    static Account of(TestDevice run, SnapshotFilter filter) {
        return new Account(run.epochs(filter));
    }

    /** Of several runs as if they had been one. */
    static Account of(List<TestDevice> runs, SnapshotFilter filter) {
        return new Account(
                runs.stream().flatMap(run -> run.epochs(filter).stream()).toList());
    }

    /** A count. */
    long sum(ToLongFunction<SyncMetricsSnapshot> count) {
        return epochs.stream().mapToLong(count).sum();
    }

    /** A count of the operations. */
    long ops(ToLongFunction<OperationMetricsMXBean> count) {
        return sum(epoch -> count.applyAsLong(epoch.operations()));
    }

    /** A map of counts, without those that are zero. */
    Map<String, Long> each(Function<SyncMetricsSnapshot, Map<String, Long>> counts) {
        Map<String, Long> sums = new TreeMap<>();
        epochs.forEach(epoch -> counts.apply(epoch).forEach((key, count) -> sums.merge(key, count, Long::sum)));
        sums.values().removeIf(count -> count == 0);
        return sums;
    }

    /** Of the operations. */
    Map<String, Long> eachOf(Function<OperationMetricsMXBean, Map<String, Long>> counts) {
        return each(epoch -> counts.apply(epoch.operations()));
    }

    /** How everything stands now. */
    SyncMetricsSnapshot now() {
        return epochs.get(epochs.size() - 1);
    }
}
