package io.librarysync.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.sqlite.Function;

/** An SQL function of a text and a folded text: whether the first, folded, contains the second. */
final class FoldedContains extends Function {
    static final String NAME = "folded_contains";

    private FoldedContains() {}

    static void install(Connection connection) throws SQLException {
        Function.create(connection, NAME, new FoldedContains(), 2, Function.FLAG_DETERMINISTIC);
    }

    /** The same for texts that differ only in case, in any script. */
    static String fold(String text) {
        return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    @Override
    protected void xFunc() throws SQLException {
        result(fold(value_text(0)).contains(value_text(1)) ? 1 : 0);
    }
}
