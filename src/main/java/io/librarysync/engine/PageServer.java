package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Fault;
import io.librarysync.domain.ModelTally;
import io.librarysync.domain.ModelType;
import io.librarysync.record.SyncRecorder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads pages for peers, each in one read transaction. Runs beside the loop and knows nothing of its state. */
final class PageServer {

    /** What a record costs on the wire besides its text. */
    private static final int RECORD_BYTES = 128;

    private final Device device;
    private final Waiting waiting;

    PageServer(Device device) {
        this.device = device;
        this.waiting = new Waiting(device.codec());
    }

    /** A page and what it carries. */
    record Page(Message message, ModelTally changes) {}

    Page serve(DeviceId peer, Message request, SyncRecorder recorder) {
        if (request instanceof Message.StateRequest state) {
            return device.store().read(library -> statePage(library, peer, state, recorder));
        }
        return device.store().read(library -> sharedPage(library, peer, (Message.SharedChangeRequest) request));
    }

    private Page statePage(LibraryReader library, DeviceId peer, Message.StateRequest request, SyncRecorder recorder) {
        ModelType model = request.model();
        if (LibraryModels.find(model.name())
                .filter(known -> !known.type().isShared())
                .isEmpty()) {
            return new Page(new Message.Refusal("unknown_model", "no state of " + model), ModelTally.EMPTY);
        }
        Scope scope = Scope.state(request.owner(), model);
        boolean fullRequired = !request.full() && request.afterRev() < floor(library, scope);
        if (fullRequired) {
            return new Page(
                    new Message.StateResponse(
                            model, request.owner(), List.of(), request.afterRev(), null, false, true, List.of()),
                    ModelTally.EMPTY);
        }
        int limit = limit(request.limit());
        long completeTo = completeTo(library, scope);
        Stored.StateSlice slice = library.stateAfter(model, request.owner(), request.afterRev(), limit);
        long until = slice.hasMore() ? Math.min(slice.toRev(), completeTo) : completeTo;
        List<StateChange> all = Stream.concat(slice.changes().stream(), waiting.ofState(library, scope))
                .filter(change -> change.rev() > request.afterRev() && change.rev() <= until)
                .sorted(Comparator.comparingLong(StateChange::rev))
                .toList();
        List<StateChange> records = fitting(first(limit, all), StateChange::data);
        boolean cut = records.size() < all.size();
        long toRev = cut ? records.get(records.size() - 1).rev() : Math.max(until, request.afterRev());
        boolean hasMore = cut || (slice.hasMore() && slice.toRev() < completeTo);
        Message page = new Message.StateResponse(
                model,
                request.owner(),
                records,
                toRev,
                hasMore ? null : completeTo,
                hasMore,
                false,
                skipped(slice, toRev, peer, model, recorder));
        return new Page(page, ModelTally.of(model, records.size()));
    }

    private static List<UUID> skipped(
            Stored.StateSlice slice, long toRev, DeviceId peer, ModelType model, SyncRecorder recorder) {
        List<UUID> skipped = new ArrayList<>();
        for (Stored.Unreadable row : slice.unreadable()) {
            if (row.rev() <= toRev) {
                skipped.add(row.uuid());
                recorder.databaseFailed(peer, model, new Fault("unreadable", row.problem()));
            }
        }
        return skipped;
    }

    private long completeTo(LibraryReader library, Scope scope) {
        if (scope.origin().equals(device.self())) {
            return library.lastRev(Objects.requireNonNull(scope.model()), scope.origin());
        }
        return library.watermarks().stream()
                .filter(mark -> scope.equals(Scope.state(mark.owner(), mark.model())))
                .mapToLong(Stored.Watermark::rev)
                .findFirst()
                .orElse(0);
    }

    private Page sharedPage(LibraryReader library, DeviceId peer, Message.SharedChangeRequest request) {
        String cursor = request.snapshotCursor();
        if (cursor != null || needsSnapshot(library, peer, request.have())) {
            return snapshotPage(library, peer, cursor, limit(request.limit()));
        }
        int limit = limit(request.limit());
        List<SharedChange> entries = library.logAfter(request.have(), peer, limit + 1);
        List<SharedChange> page = fitting(first(limit, entries), SharedChange::data);
        return new Page(
                new Message.SharedChangeResponse(page, List.of(), null, null, page.size() < entries.size()),
                ModelTally.count(page, SharedChange::model));
    }

    private Page snapshotPage(LibraryReader library, DeviceId peer, @Nullable String cursor, int limit) {
        SnapshotCursor at = cursor == null ? SnapshotCursor.START : SnapshotCursor.parse(cursor);
        List<SnapshotRow> held = at.waitingAfter(waiting.ofShared(library));
        List<SnapshotRow> rows = new ArrayList<>(held);
        rows.addAll(SnapshotCursor.rowsAfter(at, library, limit + 1));
        List<SnapshotRow> page = fitting(first(limit, rows), SnapshotRow::data);
        boolean more = page.size() < rows.size();
        SnapshotRow last = page.isEmpty() ? null : page.get(page.size() - 1);
        return new Page(
                new Message.SharedChangeResponse(
                        List.of(),
                        page,
                        more && last != null ? cursorAt(last, page.size() <= held.size()) : null,
                        cursor == null ? vector(library, peer) : null,
                        true),
                ModelTally.count(page, SnapshotRow::model));
    }

    private static String cursorAt(SnapshotRow last, boolean waiting) {
        return (waiting ? SnapshotCursor.atWaiting(last) : SnapshotCursor.at(last)).toString();
    }

    private boolean needsSnapshot(LibraryReader library, DeviceId peer, Map<DeviceId, Long> have) {
        return have.isEmpty()
                || library.floors().stream()
                        .filter(floor -> floor.scope().isShared())
                        .filter(floor -> !floor.scope().origin().equals(peer))
                        .anyMatch(floor -> have.getOrDefault(floor.scope().origin(), 0L) < floor.value());
    }

    private static Map<DeviceId, Long> vector(LibraryReader library, DeviceId peer) {
        Map<DeviceId, Long> vector = new HashMap<>();
        for (Stored.AuthorProgress author : library.authorProgress()) {
            if (!author.author().equals(peer)) {
                vector.put(author.author(), author.seq());
            }
        }
        return vector;
    }

    private static long floor(LibraryReader library, Scope scope) {
        return library.floors().stream()
                .filter(floor -> floor.scope().equals(scope))
                .mapToLong(Stored.Floor::value)
                .findFirst()
                .orElse(0);
    }

    private int limit(int asked) {
        return Math.max(1, Math.min(asked, device.config().count(EngineKey.BACKFILL_BATCH_SIZE)));
    }

    private static <T> List<T> first(int limit, List<T> records) {
        return records.subList(0, Math.min(limit, records.size()));
    }

    /** The first of {@code records} that fit a page, one at least. */
    private <T> List<T> fitting(List<T> records, Function<T, @Nullable RecordData> dataOf) {
        long room = device.config().get(EngineKey.PAGE_MAX_BYTES);
        int count = 0;
        while (count < records.size() && (count == 0 || room > 0)) {
            room -= sizeOf(dataOf.apply(records.get(count)));
            count++;
        }
        return List.copyOf(records.subList(0, count));
    }

    private static long sizeOf(@Nullable RecordData data) {
        long size = RECORD_BYTES;
        if (data != null) {
            for (Map.Entry<String, Object> field : data.fields().entrySet()) {
                size += field.getKey().length()
                        + String.valueOf(field.getValue()).length();
            }
        }
        return size;
    }
}
