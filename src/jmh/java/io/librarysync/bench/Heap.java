package io.librarysync.bench;

/** How much of the heap is in use. */
final class Heap {
    private static final int COLLECTIONS = 4;
    private static final int PAUSE_MILLIS = 50;

    private Heap() {}

    /** The bytes that are left after collections. */
    static long used() throws InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Thread.sleep(PAUSE_MILLIS);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
