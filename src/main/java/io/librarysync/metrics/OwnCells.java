package io.librarysync.metrics;

import io.librarysync.domain.DeferReason;
import io.librarysync.instrument.Counter;
import io.librarysync.instrument.Highest;

/** The cells of one model's own changes, resolved once. */
final class OwnCells {
    final Counter committed;
    final PerConstant<DeferReason, Counter> deferred;
    final Counter broadcast;
    final Counter batches;
    final Highest lastSync;

    OwnCells(OperationMetrics operations, DataVolumeMetrics dataVolume, String model) {
        committed = operations.localChangesCommitted.at(model);
        deferred = new PerConstant<>(reason -> operations.changesDeferred.at(model, reason.label()));
        broadcast = operations.broadcast.at(model);
        batches = operations.batchesByModel.at(model);
        lastSync = dataVolume.lastSyncOfModel.at(model);
    }
}
