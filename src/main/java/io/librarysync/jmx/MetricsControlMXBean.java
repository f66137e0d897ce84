package io.librarysync.jmx;

import static javax.management.MBeanOperationInfo.ACTION;

import io.librarysync.instrument.Metric;
import org.jspecify.annotations.Nullable;

/** Control of the metrics of one device, and everything about them that belongs to no category. */
@Help("Control of the metrics of one device; what belongs to no category")
public interface MetricsControlMXBean {

    @Help("Whether sync is recorded; written, it takes effect at once: off closes the epoch, on begins a new one")
    boolean isEnabled();

    void setEnabled(boolean enabled);

    @Help("Id of the library, the same on every device that shares it")
    String getLibraryId();

    @Help("What people call the library; not unique")
    String getLibraryName();

    @Help("Id of this device, the same after every restart")
    String getDeviceId();

    @Help("What people call this device; it may change at a restart")
    String getDeviceName();

    @Help("The release of the software that answers, such as 0.1.0")
    String getVersion();

    @Help(value = "When this run of the device began; a reset does not touch it", unit = Metric.EPOCH_MILLIS)
    long getProcessStartedEpochMillis();

    @Help("The stretch that counters belong to: from the start, a reset or a switching on")
    String getEpochId();

    @Help(
            value = "When the counters began at zero: at the start, a reset or a switching on",
            unit = Metric.EPOCH_MILLIS)
    long getEpochStartedEpochMillis();

    @Help(value = "Samples of the history in memory", kind = Metric.GAUGE)
    int getHistorySize();

    @Help("How many samples of the history can be in memory; the oldest make room, and stay in the database")
    int getHistoryCapacity();

    @Help(
            value = "Whole snapshots stored for this device, of earlier runs too; −1 if that is unknown",
            kind = Metric.GAUGE)
    long getPersistedSnapshots();

    @Help(value = "When the newest stored snapshot was taken; −1 if there is none", unit = Metric.EPOCH_MILLIS)
    long getLastPersistedEpochMillis();

    @Help("Everything since the epoch began, read at one moment")
    MetricsView snapshot();

    @Help(
            "The part that the filters select; what they cannot split is named in notFilterable, and is null, −1 or false")
    MetricsView query(
            @Help("The begin, such as 1h, yesterday or 2025-10-23T10:00:00Z; null for that of the epoch") @Nullable
                    String since,
            @Help("The end, in the same forms; null for now") @Nullable String until,
            @Help("A device by name, id, unique prefix or self; null for all") @Nullable String peer,
            @Help("A model such as entry; null for all") @Nullable String model,
            @Help("Of state, operations, data_volume, performance, errors, with commas; null for all") @Nullable
                    String categories);

    @Help("The same as query, as the text screen")
    String report(
            @Help("The begin, such as 1h, yesterday or 2025-10-23T10:00:00Z; null for that of the epoch") @Nullable
                    String since,
            @Help("The end, in the same forms; null for now") @Nullable String until,
            @Help("A device by name, id, unique prefix or self; null for all") @Nullable String peer,
            @Help("A model such as entry; null for all") @Nullable String model,
            @Help("Of state, operations, data_volume, performance, errors, with commas; null for all") @Nullable
                    String categories);

    @Help(value = "Stores a snapshot now and returns its id", impact = ACTION)
    long captureSnapshot();

    @Help(
            value =
                    "Closes the epoch: its last snapshot is stored and returned, counters restart from zero; refused while "
                            + "metrics are disabled",
            impact = ACTION)
    MetricsView reset();
}
