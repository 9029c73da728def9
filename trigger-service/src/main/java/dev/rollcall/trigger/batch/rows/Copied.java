package dev.rollcall.trigger.batch.rows;

import java.io.IOException;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/// What a statement of [Copy] copies, row by row.
final class Copied {
    private final CopyOut copy;
    private final Fields fields = new Fields();

    private Copied(CopyOut copy) {
        this.copy = copy;
    }

    static Copied begin(Handle handle, String statement) throws IOException {
        try {
            return new Copied(handle.getConnection()
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(statement));
        } catch (SQLException e) {
            throw stopped(e);
        }
    }

    /// Goes on to the next row, if there is one: then [#fields] are its.
    boolean next() throws IOException {
        try {
            for (byte[] message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
                if (fields.row(message)) {
                    return true;
                }
            }
            return false;
        } catch (SQLException e) {
            throw stopped(e);
        }
    }

    Fields fields() {
        return fields;
    }

    private static IOException stopped(SQLException cause) {
        return new IOException("the ledger stopped copying: " + cause.getMessage(), cause);
    }
}
