package io.librarysync.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The held changes that progress already covers because they only wait for another row. Whoever pulls from here must get
 * them too: nobody will offer them to it again.
 */
final class Waiting {

    private final MessageCodec codec;

    Waiting(MessageCodec codec) {
        this.codec = codec;
    }

    Stream<StateChange> ofState(LibraryReader library, Scope scope) {
        return all(library)
                .filter(change -> change.scope().equals(scope))
                .filter(Incoming.Owned.class::isInstance)
                .map(change -> ((Incoming.Owned) change).change());
    }

    /** One row for each record, its newest version. */
    Collection<SnapshotRow> ofShared(LibraryReader library) {
        Map<UUID, SnapshotRow> newest = all(library)
                .flatMap(change -> row(change).stream())
                .collect(Collectors.toMap(
                        SnapshotRow::uuid,
                        Function.identity(),
                        BinaryOperator.maxBy(Comparator.comparing(SnapshotRow::hlc))));
        return newest.values();
    }

    private Stream<Incoming> all(LibraryReader library) {
        return library.pending().stream()
                .filter(pending -> pending.missing() != null)
                .map(pending -> codec.release(pending.message()));
    }

    private static Optional<SnapshotRow> row(Incoming change) {
        if (change instanceof Incoming.Row row) {
            return Optional.of(row.row());
        }
        return change instanceof Incoming.Shared shared ? Optional.of(rowOf(shared.change())) : Optional.empty();
    }

    private static SnapshotRow rowOf(SharedChange entry) {
        return new SnapshotRow(
                entry.model(), entry.uuid(), entry.hlc(), entry.base(), entry.isDeletion(), entry.data());
    }
}
