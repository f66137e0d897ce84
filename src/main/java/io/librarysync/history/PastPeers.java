package io.librarysync.history;

import io.librarysync.metrics.UnknownLabelException;
import java.util.Optional;
import java.util.stream.IntStream;

/** The devices that were known once. */
final class PastPeers {
    private static final int MOST_EPOCHS = 1_000;

    private PastPeers() {}

    /** The id of a device as the newest of the last {@value #MOST_EPOCHS} epochs that knows it would find it. */
    static Optional<String> idOf(MetricsHistory history, String text) {
        int last = Math.min(history.epochs().size(), MOST_EPOCHS);
        return IntStream.rangeClosed(1, last)
                .mapToObj(back -> idIn(history, new Window.OfEpoch(-back), text))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> idIn(MetricsHistory history, Window epoch, String text) {
        try {
            return Optional.of(history.capture(epoch).peerId(text));
        } catch (UnknownLabelException | NothingKnownException e) {
            return Optional.empty();
        }
    }
}
