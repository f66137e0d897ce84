package io.librarysync.cli;

import io.librarysync.events.EventArchive;
import io.librarysync.events.EventArchiveException;
import io.librarysync.events.EventQuery;
import io.librarysync.events.SyncEvent;
import io.librarysync.history.StoredHistory;
import io.librarysync.history.Window;
import io.librarysync.metrics.Capture;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a device that does not run has kept of its past. Closing it closes the history, and with it the events. */
public record KeptPast(StoredHistory history, EventArchive events) implements AutoCloseable {

    List<SyncEvent> find(EventQuery query) {
        try {
            return events.find(query);
        } catch (EventArchiveException e) {
            throw CommandFailure.couldNot(String.valueOf(e.getMessage()));
        }
    }

    /** The id of a device by name, id, unique prefix or {@code self}; one that was never known is wrong usage. */
    @Nullable
    String peerId(@Nullable String text) {
        return text == null ? null : history.peerId(newest(), text);
    }

    /** The name of a model; one that was never known is wrong usage. */
    @Nullable
    String modelName(@Nullable String text) {
        return text == null ? null : newest().modelName(text);
    }

    private Capture newest() {
        return history.capture(Window.CURRENT_EPOCH);
    }

    @Override
    public void close() {
        history.close();
    }
}
