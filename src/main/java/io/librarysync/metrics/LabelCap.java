package io.librarysync.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lets in the first labels up to a limit, and those again. */
final class LabelCap {
    private final int limit;
    private final Set<String> admitted = ConcurrentHashMap.newKeySet();

    LabelCap(int limit) {
        this.limit = limit;
    }

    boolean admits(String label) {
        return admitted.contains(label) || admit(label);
    }

    Set<String> labels() {
        return Set.copyOf(admitted);
    }

    private synchronized boolean admit(String label) {
        return admitted.contains(label) || (admitted.size() < limit && admitted.add(label));
    }
}
