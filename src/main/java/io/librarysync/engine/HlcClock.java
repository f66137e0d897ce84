package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Hlc;
import org.jspecify.annotations.Nullable;

/** The hybrid logical clock of one device. What it hands out never goes back, whatever the wall clock does. */
final class HlcClock {

    private final DeviceId self;
    private @Nullable Hlc last;

    HlcClock(DeviceId self, @Nullable Hlc last) {
        this.self = self;
        this.last = last;
    }

    @Nullable
    Hlc last() {
        return last;
    }

    /** The next stamp of this device: above all it ticked or merged before. */
    Hlc tick(long nowMillis) {
        Hlc before = last;
        Hlc next = before == null || nowMillis > before.millis()
                ? new Hlc(nowMillis, 0, self)
                : new Hlc(before.millis(), before.counter() + 1, self);
        last = next;
        return next;
    }

    /** Moves the clock to or past a stamp of another device. */
    Hlc merge(Hlc remote, long nowMillis) {
        Hlc before = last == null ? new Hlc(0, 0, self) : last;
        long millis = Math.max(nowMillis, Math.max(before.millis(), remote.millis()));
        Hlc next = new Hlc(millis, counterAt(millis, before, remote), self);
        last = next;
        return next;
    }

    private static long counterAt(long millis, Hlc before, Hlc remote) {
        long own = millis == before.millis() ? before.counter() + 1 : 0;
        long theirs = millis == remote.millis() ? remote.counter() + 1 : 0;
        return Math.max(own, theirs);
    }
}
