package io.librarysync.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The epochs of earlier runs and of this one, in order. Safe from any thread. */
final class KnownEpochs {
    private List<Epoch> earlier = List.of();
    private List<Epoch> own = List.of();

    synchronized void found(List<Epoch> epochs) {
        List<String> mine = own.stream().map(Epoch::id).toList();
        earlier = epochs.stream().filter(epoch -> !mine.contains(epoch.id())).toList();
    }

    synchronized void begun(Epoch epoch) {
        own = Stream.concat(own.stream(), Stream.of(epoch)).toList();
    }

    synchronized void ended(Epoch epoch) {
        List<Epoch> changed = new ArrayList<>(own);
        changed.replaceAll(known -> known.id().equals(epoch.id()) ? epoch : known);
        own = List.copyOf(changed);
    }

    synchronized List<Epoch> all() {
        return Stream.concat(earlier.stream(), own.stream()).toList();
    }

    Optional<Epoch> find(String id) {
        return all().stream().filter(epoch -> epoch.id().equals(id)).findFirst();
    }

    /** Whether one epoch is not after another. */
    boolean isInOrder(Epoch first, Epoch second) {
        List<String> ids = all().stream().map(Epoch::id).toList();
        return ids.indexOf(first.id()) <= ids.indexOf(second.id());
    }

    /** From one epoch to another, both included. */
    List<Epoch> between(String first, String last) {
        List<Epoch> all = all();
        List<String> ids = all.stream().map(Epoch::id).toList();
        return all.subList(Math.max(0, ids.indexOf(first)), ids.indexOf(last) + 1);
    }
}
