package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Fault;
import io.librarysync.domain.ModelTally;
import io.librarysync.record.SyncRecorder;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Takes the changes of one message in one transaction, and reports what became of them once that is durable. */
final class Applying {

    private static final FailureLog LOG = new FailureLog(LoggerFactory.getLogger(Applying.class));

    private final Device device;
    private Runnable onGap = () -> {};

    Applying(Device device) {
        this.device = device;
    }

    /** Runs {@code task} whenever a change did not follow what is there: its link has to be pulled. */
    void onGap(Runnable task) {
        onGap = task;
    }

    /**
     * What became of a message.
     *
     * @param applied those changes whose effect was committed
     * @param fault why nothing was; null if everything is settled
     */
    record Taken(ModelTally applied, @Nullable Fault fault) {}

    /** Settles everything, or nothing: then every change of {@code changes} is rolled back. */
    Taken take(DeviceId link, ModelTally changes, SyncRecorder recorder, Consumer<ApplyRun> work) {
        try {
            return new Taken(commit(recorder, work).applied(), null);
        } catch (RuntimeException e) {
            LOG.failed("a message of " + link + " was rolled back", e);
            Fault fault = e instanceof StoreException store ? store.fault() : new Fault("internal", String.valueOf(e));
            recorder.messageRolledBack(link, changes, fault);
            return new Taken(ModelTally.EMPTY, fault);
        }
    }

    /**
     * Takes held changes in turn, those of one scope per transaction; a scope that fails stays as it is.
     *
     * @return whose changes are still held because that failed
     */
    Set<DeviceId> drain(SyncRecorder recorder) {
        Set<DeviceId> failed = new HashSet<>();
        for (Scope scope : device.held().scopesInTurn()) {
            try {
                var unused = commit(recorder, run -> run.drain(scope));
            } catch (StoreException e) {
                LOG.failed("held changes of " + scope + " could not be taken", e);
                recorder.databaseFailed(null, scope.model(), e.fault());
                device.held()
                        .inTurn(scope)
                        .forEach(held -> failed.add(held.change().link()));
            }
        }
        return failed;
    }

    /** All that was begun is pulled; returns whether that could be written. */
    boolean forgetCheckpoints(SyncRecorder recorder) {
        try {
            device.store().inTransaction(library -> {
                library.clearCheckpoints();
                return true;
            });
            return true;
        } catch (StoreException e) {
            recorder.databaseFailed(null, null, e.fault());
            return false;
        }
    }

    private ApplyRun commit(SyncRecorder recorder, Consumer<ApplyRun> work) {
        ApplyRun done = device.store().inTransaction(library -> {
            ApplyRun run = new ApplyRun(device, library, recorder);
            work.accept(run);
            run.finish();
            return run;
        });
        done.committed();
        if (done.hasGaps()) {
            onGap.run();
        }
        return done;
    }
}
