package io.librarysync.testing;

import io.librarysync.engine.LibraryReader;
import io.librarysync.metrics.OperationMetricsMXBean;
import io.librarysync.metrics.SnapshotFilter;
import java.util.List;
import java.util.Map;

/**
 * The laws that the numbers of devices obey, on each device and between them, whatever went wrong on the network. All broken
 * ones are told at once, each with both sides and the difference.
 */
public final class Invariants {

    private Invariants() {}

    /** Checks every device and every pair; the library must be quiescent and all devices connected. */
    public static void check(TestLibrary library) {
        Findings findings = new Findings();
        for (TestDevice from : library.devices()) {
            DeviceLaws.whenQuiet(findings, from);
            BeanLaws.check(findings, from);
            for (TestDevice to : library.devices()) {
                if (from != to) {
                    LinkLaws.check(findings, library, from, to);
                }
            }
        }
        findings.demandNone();
    }

    /** Checks what must hold at any moment, on each device that runs. */
    public static void checkRunning(TestLibrary library) {
        Findings findings = new Findings();
        library.devices().forEach(device -> DeviceLaws.always(findings, device));
        findings.demandNone();
    }

    /** Checks that no log is left (C10), once every device acked everything and a prune pass ran. */
    public static void checkPruned(TestLibrary library) {
        Findings findings = new Findings();
        for (TestDevice device : library.devices()) {
            findings.same(
                    device.name() + " C10 log",
                    Map.of(),
                    device.store().read(reader -> reader.loggedBefore(Long.MAX_VALUE)));
            Account all = Account.of(library.runsOf(device.id()), SnapshotFilter.NONE);
            findings.equal(
                    device.name() + " C10",
                    all.ops(OperationMetricsMXBean::getLogAppended),
                    all.ops(OperationMetricsMXBean::getLogPruned));
        }
        findings.demandNone();
    }

    /** Checks that nothing failed inside a device but what its disk was told to, whatever the network does. */
    public static void checkSound(TestLibrary library) {
        Findings findings = new Findings();
        for (TestDevice device : library.devices()) {
            for (TestDevice run : library.runsOf(device.id())) {
                Account account = Account.of(run, SnapshotFilter.NONE);
                findings.equal(device.name() + " database errors", run.failures(), account.sum(epoch -> epoch.errors()
                        .getDatabaseErrors()));
                findings.equal(device.name() + " other errors", 0, account.sum(epoch -> epoch.errors()
                        .getOtherErrors()));
                findings.equal(device.name() + " validation errors", 0, account.sum(epoch -> epoch.errors()
                        .getValidationErrors()));
            }
            findings.same(
                    device.name() + " checkpoints", List.of(), device.store().read(LibraryReader::checkpoints));
        }
        findings.demandNone();
    }
}
