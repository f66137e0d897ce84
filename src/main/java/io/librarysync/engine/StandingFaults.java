package io.librarysync.engine;

import io.librarysync.domain.Fault;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with files at the moment. Each fault is reported when it begins, and again only after it was gone in
 * between.
 */
final class StandingFaults {
    private final Consumer<Fault> report;
    private final Map<UUID, Fault> faults = new HashMap<>();

    StandingFaults(Consumer<Fault> report) {
        this.report = report;
    }

    void stands(UUID of, Fault fault) {
        Fault before = faults.put(of, fault);
        if (before == null || !fault.cause().equals(before.cause())) {
            report.accept(fault);
        }
    }

    void isGone(UUID of) {
        faults.remove(of);
    }

    /** What is wrong with it now; null if nothing is. */
    @Nullable
    Fault find(UUID of) {
        return faults.get(of);
    }
}
