package io.librarysync.store;

import io.librarysync.engine.LibraryModel;
import io.librarysync.engine.RecordData;
import io.librarysync.engine.StateChange;
import io.librarysync.engine.Stored;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gathers the rows of a page of device-owned changes; one row more than the limit only tells that there is more. */
final class StatePage {
    private static final int FIRST_FIELD = 5;

    private final LibraryModel model;
    private final int limit;
    private final List<StateChange> changes = new ArrayList<>();
    private final List<Stored.Unreadable> unreadable = new ArrayList<>();
    private long toRev;
    private boolean hasMore;

    StatePage(LibraryModel model, long afterRev, int limit) {
        this.model = model;
        this.toRev = afterRev;
        this.limit = limit;
    }

    void add(Row row) throws SQLException {
        if (changes.size() + unreadable.size() == limit) {
            hasMore = true;
        } else {
            toRev = row.number(1);
            read(row.uuid(2), row);
        }
    }

    private void read(UUID uuid, Row row) throws SQLException {
        try {
            changes.add(new StateChange(uuid, toRev, data(row), row.number(3)));
        } catch (UnreadableRecordException e) {
            unreadable.add(new Stored.Unreadable(uuid, toRev, String.valueOf(e.getMessage())));
        }
    }

    private @Nullable RecordData data(Row row) throws SQLException {
        boolean deleted = row.flag(4);
        return deleted ? null : RecordRows.read(model, row, FIRST_FIELD);
    }

    Stored.StateSlice slice() {
        return new Stored.StateSlice(changes, unreadable, hasMore, toRev);
    }
}
