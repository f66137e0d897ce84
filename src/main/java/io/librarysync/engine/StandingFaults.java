package io.librarysync.engine;

import io.librarysync.domain.Fault;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What is wrong with files at the moment. Each fault is reported when it begins, and again only after it was gone in
 * between.
 */
final class StandingFaults {
    private final Consumer<Fault> report;
    private final Map<UUID, String> causes = new HashMap<>();

    StandingFaults(Consumer<Fault> report) {
        this.report = report;
    }

    void stands(UUID of, Fault fault) {
        if (!fault.cause().equals(causes.put(of, fault.cause()))) {
            report.accept(fault);
        }
    }

    void isGone(UUID of) {
        causes.remove(of);
    }
}
