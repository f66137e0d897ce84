package io.librarysync.metrics;

import io.librarysync.instrument.Reading;

/**
 * The moment since which every counter is shown: when the epoch began.
 *
 * @param cells the cells then
 * @param registryEpoch how the registry calls the epoch
 * @param timeline the states then
 * @param errors how many errors there had been in the run by then
 * @param opening what was open then
 * @param earlier what the run did before
 */
record Baseline(
        EpochInfo epoch,
        long nanos,
        Reading cells,
        int registryEpoch,
        StateTimeline timeline,
        long errors,
        OpenWork opening,
        EarlierEpochs earlier) {

    /** The same moment with a timeline that began anew then. */
    Baseline with(StateTimeline fresh) {
        return new Baseline(epoch, nanos, cells, registryEpoch, fresh, errors, opening, earlier);
    }

    /** The same moment with something else open. */
    Baseline with(OpenWork found) {
        return new Baseline(
                epoch, nanos, cells, registryEpoch, timeline, errors, found, earlier.foundMore(found.minus(opening)));
    }
}
