package io.librarysync.history;

/**
 * How a history is kept.
 *
 * @param ringSize how many samples stay in memory
 * @param queueSize how many samples may wait to be written
 */
public record HistorySettings(int ringSize, int queueSize, Retention retention) {
    public static final HistorySettings STANDARD = new HistorySettings(1_000, 10_000, Retention.STANDARD);
}
