package io.librarysync.store;

import io.librarysync.engine.StoreException;
import io.librarysync.engine.StoreException.Kind;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says what a failure of JDBC means to sync. */
final class SqlFailures {
    private static final int PRIMARY_CODE = 0xff;

    private SqlFailures() {}

    static StoreException translate(SQLException failure) {
        return new StoreException(kindOf(failure), oneLine(failure), failure);
    }

    private static Kind kindOf(SQLException failure) {
        return concernsOneRow(failure) ? Kind.CONSTRAINT : Kind.DATABASE;
    }

    private static boolean concernsOneRow(SQLException failure) {
        return failure instanceof UnreadableRecordException
                || (failure instanceof SQLiteException sqlite
                        && concernsOneRow(sqlite.getResultCode().code & PRIMARY_CODE));
    }

    private static boolean concernsOneRow(int code) {
        return code == SQLiteErrorCode.SQLITE_CONSTRAINT.code
                || code == SQLiteErrorCode.SQLITE_MISMATCH.code
                || code == SQLiteErrorCode.SQLITE_TOOBIG.code;
    }

    private static String oneLine(SQLException failure) {
        return String.valueOf(failure.getMessage()).replace('\n', ' ');
    }
}
