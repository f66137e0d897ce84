package io.librarysync.app;

import io.librarysync.history.HistorySettings;
import java.time.Duration;

/**
 * How a device keeps the history of its metrics.
 *
 * @param database a JDBC URL; empty for metrics.db in the device's folder
 */
record HistoryConfig(HistorySettings settings, Duration sampleInterval, Duration persistInterval, String database) {}
