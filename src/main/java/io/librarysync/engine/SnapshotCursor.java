package io.librarysync.engine;

import io.librarysync.domain.ModelType;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A place in the snapshot of all shared records, which runs model by model in dependency order and by uuid. */
record SnapshotCursor(String model, @Nullable UUID after) {

    static final SnapshotCursor START = new SnapshotCursor("", null);

    static SnapshotCursor at(SnapshotRow row) {
        return new SnapshotCursor(row.model().name(), row.uuid());
    }

    static SnapshotCursor parse(String text) {
        int split = text.indexOf(':');
        if (split < 0) {
            throw new IllegalArgumentException("not a snapshot cursor: " + text);
        }
        return new SnapshotCursor(text.substring(0, split), UUID.fromString(text.substring(split + 1)));
    }

    /** At most {@code limit} rows after {@code cursor}. */
    static List<SnapshotRow> rowsAfter(SnapshotCursor cursor, LibraryReader library, int limit) {
        List<SnapshotRow> rows = new ArrayList<>();
        boolean reached = cursor.equals(START);
        for (ModelType model : LibraryModels.types()) {
            boolean within = model.name().equals(cursor.model());
            reached |= within;
            if (reached && model.isShared() && rows.size() < limit) {
                rows.addAll(library.snapshotAfter(model, within ? cursor.after() : null, limit - rows.size()));
            }
        }
        return rows;
    }

    @Override
    public String toString() {
        return model + ":" + after;
    }
}
