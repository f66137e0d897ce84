package io.librarysync.engine;

import java.util.Locale;

/**
 * A setting of the engine: its name, its default, the bounds it must keep and what each preset makes of it. The unit is
 * the end of the name; without one it is a count.
 */
public enum EngineKey {
    BACKFILL_BATCH_SIZE(10_000, 1, 1_000_000, 5_000, 25_000, 5_000),
    PAGE_MAX_BYTES(4 << 20, 1 << 10, 1 << 30),
    PAYLOAD_MAX_BYTES(16 << 20, 1 << 10, 1 << 30),
    REALTIME_BATCH_MAX_ENTRIES(100, 1, 100_000, 50, 200, 50),
    REALTIME_BATCH_FLUSH_INTERVAL_MS(50, 0, 60_000, 25, 100, 100),
    OUTBOX_CAPACITY(10_000, 1, 10_000_000),
    BUFFER_CAPACITY(100_000, 1, 10_000_000),
    MAX_OUTSTANDING_BATCHES(32, 1, 10_000),
    RETRY_MAX_MESSAGES(10_000, 0, 10_000_000),
    RETRY_MAX_BYTES(64 << 20, 0, 1 << 30),
    MESSAGE_TIMEOUT_SECS(30, 1, 3_600, 15, 60, 45),
    BACKFILL_REQUEST_TIMEOUT_SECS(60, 1, 3_600, 30, 120, 90),
    HEARTBEAT_INTERVAL_SECS(10, 1, 3_600, 5, 30, 60),
    SAFETY_POLL_SECS(300, 1, 86_400),
    PRUNING_INTERVAL_SECS(3_600, 1, 86_400, 1_800, 7_200, 14_400),
    TOMBSTONE_MAX_RETENTION_DAYS(7, 1, 36_500, 3, 30, 14),
    PEER_LOG_MAX_RETENTION_DAYS(7, 1, 36_500, 3, 30, 14),
    MAX_CLOCK_AHEAD_SECS(600, 0, 86_400),
    DEPENDENCY_MAX_WAIT_SECS(600, 1, 86_400),
    ACK_INTERVAL_MS(50, 0, 60_000),
    RESCAN_INTERVAL_SECS(300, 1, 86_400, 120, 900, 1_800),
    WATCH_DEBOUNCE_MS(50, 0, 60_000),
    INDEX_BATCH_SIZE(500, 1, 100_000);

    private final String label = name().toLowerCase(Locale.ROOT);
    private final long standard;
    private final long lowest;
    private final long highest;
    private final long aggressive;
    private final long conservative;
    private final long mobile;

    EngineKey(long standard, long lowest, long highest) {
        this(standard, lowest, highest, standard, standard, standard);
    }

    EngineKey(long standard, long lowest, long highest, long aggressive, long conservative, long mobile) {
        this.standard = standard;
        this.lowest = lowest;
        this.highest = highest;
        this.aggressive = aggressive;
        this.conservative = conservative;
        this.mobile = mobile;
    }

    /** The name in a configuration file. */
    public String label() {
        return label;
    }

    /** The value in force unless something else is set. */
    public long valueIn(Preset preset) {
        return switch (preset) {
            case STANDARD -> standard;
            case AGGRESSIVE -> aggressive;
            case CONSERVATIVE -> conservative;
            case MOBILE -> mobile;
        };
    }

    long checked(long value) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(
                    label + " is " + value + ", but must be from " + lowest + " to " + highest);
        }
        return value;
    }

    /** A named choice of settings. */
    public enum Preset {
        STANDARD,
        AGGRESSIVE,
        CONSERVATIVE,
        MOBILE
    }
}
