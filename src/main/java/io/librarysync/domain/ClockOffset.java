package io.librarysync.domain;

/**
 * How far the wall clock of another device is ahead of ours, in milliseconds, negative if it is behind: somewhere between two
 * bounds, both included.
 */
public record ClockOffset(double lowest, double highest) {

    /** Nothing is known. */
    public static final ClockOffset UNKNOWN = new ClockOffset(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** A clock shows whole milliseconds. */
    private static final int RESOLUTION = 1;

    public ClockOffset {
        if (!(lowest <= highest)) {
            throw new IllegalArgumentException("no offset is above " + lowest + " and below " + highest);
        }
    }

    /**
     * What an answer tells that said what the other clock showed.
     *
     * @param asked what ours showed when the question was sent
     * @param waited how long the answer took
     */
    public static ClockOffset read(long other, long asked, double waited) {
        double ahead = (double) other - asked;
        return new ClockOffset(ahead - RESOLUTION - Math.max(0, waited), ahead + RESOLUTION);
    }

    /** Both together; if they contradict each other, a clock was set and only the newer one counts. */
    public ClockOffset and(ClockOffset newer) {
        double low = Math.max(lowest, newer.lowest);
        double high = Math.min(highest, newer.highest);
        return low <= high ? new ClockOffset(low, high) : newer;
    }

    /** Whether anything is known. */
    public boolean isKnown() {
        return Double.isFinite(lowest) && Double.isFinite(highest);
    }

    /** The best guess; 0 if the clocks may well show the same, and if nothing is known. */
    public long ahead() {
        return !isKnown() || (lowest <= 0 && highest >= 0) ? 0 : Math.round((lowest + highest) / 2);
    }

    /** By how much {@link #ahead()} may be wrong; 0 if nothing is known. */
    public long error() {
        return isKnown() ? (long) Math.ceil(Math.max(highest - ahead(), ahead() - lowest)) : 0;
    }
}
