package io.librarysync.events;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The changes that pulls applied, summed up per peer, session and model until a sum is due: after 30 seconds or at 10,000
 * changes. Each change is in exactly one sum that is taken.
 */
final class Ingestion {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final long MOST = 10_000;

    private final Map<Key, Sum> sums = new LinkedHashMap<>();

    private record Key(DeviceId peer, UUID session, ModelType model) {}

    /** {@code changes} that were applied since a moment of monotonic time. */
    record Sum(DeviceId peer, UUID session, ModelType model, long changes, long startedNanos) {

        Duration age(long nanos) {
            return Duration.ofNanos(nanos - startedNanos);
        }

        private Sum plus(long more) {
            return new Sum(peer, session, model, changes + more, startedNanos);
        }
    }

    synchronized void add(DeviceId peer, UUID session, ModelTally applied, long nanos) {
        for (ModelTally.Part part : applied.parts()) {
            Key key = new Key(peer, session, part.model());
            Sum sum = sums.getOrDefault(key, new Sum(peer, session, part.model(), 0, nanos));
            sums.put(key, sum.plus(part.changes()));
        }
    }

    /** Takes the sums that are due. */
    List<Sum> takeDue(long nanos) {
        return take(sum -> sum.changes() >= MOST || sum.age(nanos).compareTo(LONGEST) >= 0);
    }

    /** Takes all sums. */
    List<Sum> takeAll() {
        return take(sum -> true);
    }

    private synchronized List<Sum> take(Predicate<Sum> wanted) {
        List<Sum> taken = new ArrayList<>();
        sums.values().removeIf(sum -> wanted.test(sum) && taken.add(sum));
        return taken;
    }
}
