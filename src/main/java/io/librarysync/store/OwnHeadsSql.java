package io.librarysync.store;

import io.librarysync.engine.LibraryModel;
import io.librarysync.engine.LibraryModels;
import java.util.stream.Collectors;

/**
 * Finds where an owner stands per model, among rows and tombstones. SQLite takes the other columns of a group from the row
 * that has its {@code max()}.
 */
final class OwnHeadsSql {
    static final String TEXT = LibraryModels.all().stream()
            .filter(model -> !model.type().isShared())
            .map(OwnHeadsSql::lastRow)
            .collect(Collectors.joining(
                    " UNION ALL ",
                    "SELECT model, max(rev), at FROM (",
                    " UNION ALL SELECT model, max(rev), deleted_at FROM tombstones WHERE owner = ?1 GROUP BY model)"
                            + " GROUP BY model"));

    private OwnHeadsSql() {}

    private static String lastRow(LibraryModel model) {
        return "SELECT * FROM (SELECT '" + model.type() + "' AS model, rev, changed_at AS at FROM " + model.table()
                + " WHERE owner = ?1 ORDER BY rev DESC LIMIT 1)";
    }
}
