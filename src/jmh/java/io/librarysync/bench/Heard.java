package io.librarysync.bench;

/** The numbers of events that a listener hears, one after the other, and how many it is told that it missed. */
final class Heard {
    private long last;
    private long heard;
    private long missed;

    /** @param after the number that came before the first it is to hear */
    Heard(long after) {
        last = after;
    }

    synchronized void hear(long number) {
        if (number <= last) {
            throw new IllegalStateException("event " + number + " was heard after event " + last);
        }
        last = number;
        heard++;
    }

    /** It is told that it missed some. */
    synchronized void miss(long count) {
        missed += count;
    }

    /** The newest number heard. */
    synchronized long last() {
        return last;
    }

    synchronized long heard() {
        return heard;
    }

    synchronized long missed() {
        return missed;
    }
}
