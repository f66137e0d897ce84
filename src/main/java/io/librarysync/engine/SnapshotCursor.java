package io.librarysync.engine;

import io.librarysync.domain.ModelType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A place in the snapshot of all shared records. It begins with those that the server itself cannot place yet, for they may
 * join the others meanwhile; then it runs model by model in dependency order. Each part is in the order of its uuids as text.
 *
 * @param model empty among those that wait
 */
record SnapshotCursor(String model, @Nullable UUID after) {

    static final SnapshotCursor START = new SnapshotCursor("", null);

    static SnapshotCursor atWaiting(SnapshotRow row) {
        return new SnapshotCursor("", row.uuid());
    }

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

    /** Whether it is further on in the snapshot than {@code other}. */
    boolean isBeyond(SnapshotCursor other) {
        int models = Integer.compare(place(), other.place());
        return models > 0 || (models == 0 && String.valueOf(after).compareTo(String.valueOf(other.after)) > 0);
    }

    private int place() {
        return LibraryModels.types().stream().map(ModelType::name).toList().indexOf(model);
    }

    boolean isAmongWaiting() {
        return model.isEmpty();
    }

    /** Those of the waiting that come after this place. */
    List<SnapshotRow> waitingAfter(Collection<SnapshotRow> waiting) {
        String from = after == null ? "" : after.toString();
        return waiting.stream()
                .filter(row -> isAmongWaiting() && row.uuid().toString().compareTo(from) > 0)
                .sorted(Comparator.comparing(row -> row.uuid().toString()))
                .toList();
    }

    /** At most {@code limit} rows of the models after {@code cursor}. */
    static List<SnapshotRow> rowsAfter(SnapshotCursor cursor, LibraryReader library, int limit) {
        List<SnapshotRow> rows = new ArrayList<>();
        boolean reached = cursor.isAmongWaiting();
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
