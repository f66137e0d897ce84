package io.librarysync.domain;

/** The clocks of this machine. */
enum SystemClock implements SyncClock {
    INSTANCE;

    @Override
    public long millis() {
        return System.currentTimeMillis();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }
}
