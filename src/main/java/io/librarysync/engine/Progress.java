package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Hlc;
import io.librarysync.domain.ModelType;
import io.librarysync.engine.Heads.SharedHead;
import io.librarysync.engine.Heads.StateHead;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this device holds of each origin: the stored watermarks and author progress, in memory, and of itself what has left
 * its outbox. Forward only.
 */
final class Progress {

    private final Map<Scope, Mark> marks = new HashMap<>();
    private @Nullable Heads heads;

    /** A rev or seq reached, with its time and, for shared entries, the highest stamp up to it. */
    record Mark(long value, long millis, @Nullable Hlc stamp) {

        static final Mark NONE = new Mark(0, 0, null);

        /** This mark, or {@code other} if that is further. */
        Mark raisedTo(Mark other) {
            return other.value > value ? other : this;
        }
    }

    static Progress restore(LibraryReader library, DeviceId self) {
        Progress progress = new Progress();
        library.watermarks().forEach(progress::restore);
        library.ownHeads(self).forEach(progress::restore);
        library.floors().forEach(floor -> progress.restorePruned(floor, self));
        library.authorProgress()
                .forEach(author -> progress.raise(
                        Scope.shared(author.author()),
                        new Mark(author.seq(), author.maxHlc().millis(), author.maxHlc())));
        return progress;
    }

    Mark mark(Scope scope) {
        return marks.getOrDefault(scope, Mark.NONE);
    }

    long value(Scope scope) {
        return mark(scope).value();
    }

    void raise(Scope scope, Mark to) {
        Mark from = mark(scope);
        if (to.value() > from.value()) {
            marks.put(scope, to);
            heads = null;
        }
    }

    /** Nothing of any other device was ever taken. */
    boolean isEmptyBut(DeviceId self) {
        return marks.keySet().stream().allMatch(scope -> scope.origin().equals(self));
    }

    /** The seqs reached per author, without {@code self}. */
    Map<DeviceId, Long> authorsBut(DeviceId self) {
        Map<DeviceId, Long> have = new HashMap<>();
        marks.forEach((scope, mark) -> {
            if (scope.isShared() && !scope.origin().equals(self)) {
                have.put(scope.origin(), mark.value());
            }
        });
        return have;
    }

    long newestOwnerMillis(DeviceId self) {
        return marks.entrySet().stream()
                .filter(mark ->
                        !mark.getKey().isShared() && !mark.getKey().origin().equals(self))
                .mapToLong(mark -> mark.getValue().millis())
                .max()
                .orElse(0);
    }

    @Nullable
    Hlc highestStamp() {
        return marks.values().stream()
                .map(Mark::stamp)
                .filter(stamp -> stamp != null)
                .max(Hlc::compareTo)
                .orElse(null);
    }

    /** All of it as the immutable value that peers are told. */
    Heads heads() {
        Heads known = heads;
        if (known == null) {
            known = build();
            heads = known;
        }
        return known;
    }

    private Heads build() {
        Map<DeviceId, Map<String, StateHead>> state = new HashMap<>();
        Map<DeviceId, SharedHead> shared = new HashMap<>();
        marks.forEach((scope, mark) -> {
            ModelType model = scope.model();
            if (model == null) {
                shared.put(scope.origin(), new SharedHead(mark.value(), mark.stamp()));
            } else {
                state.computeIfAbsent(scope.origin(), owner -> new HashMap<>())
                        .put(model.name(), new StateHead(mark.value(), mark.millis()));
            }
        });
        return new Heads(state, shared);
    }

    /** An own deletion may have been the last change of its model and be pruned by now. */
    private void restorePruned(Stored.Floor floor, DeviceId self) {
        Scope scope = floor.scope();
        if (!scope.isShared() && scope.origin().equals(self)) {
            raise(scope, new Mark(floor.value(), mark(scope).millis(), null));
        }
    }

    private void restore(Stored.Watermark watermark) {
        raise(
                Scope.state(watermark.owner(), watermark.model()),
                new Mark(watermark.rev(), watermark.changedAt(), null));
    }
}
