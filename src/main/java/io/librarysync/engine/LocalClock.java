package io.librarysync.engine;

import io.librarysync.domain.DeviceId;

/** What this device hands out to its own changes: stamps, seqs and revs. */
final class LocalClock {

    private final HlcClock hlc;
    private long lastSeq;
    private long lastRev;

    LocalClock(DeviceId self, Stored.Clock stored) {
        this.hlc = new HlcClock(self, stored.lastHlc());
        this.lastSeq = stored.lastSeq();
        this.lastRev = stored.lastRev();
    }

    HlcClock hlc() {
        return hlc;
    }

    long nextSeq() {
        return ++lastSeq;
    }

    long nextRev() {
        return ++lastRev;
    }

    long lastSeq() {
        return lastSeq;
    }

    long lastRev() {
        return lastRev;
    }

    /** To be written by the transaction that used it. */
    Stored.Clock stored() {
        return new Stored.Clock(hlc.last(), lastSeq, lastRev);
    }

    /** Takes back the seqs and revs of a transaction that was rolled back; stamps never go back. */
    void rewind(Stored.Clock to) {
        lastSeq = to.lastSeq();
        lastRev = to.lastRev();
    }
}
