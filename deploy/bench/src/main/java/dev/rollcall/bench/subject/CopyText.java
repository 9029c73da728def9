package dev.rollcall.bench.subject;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.IntFunction;
import org.postgresql.PGConnection;

/// Rows by COPY, in pieces of some size.
final class CopyText {

    private static final int PIECE = 64 * 1024;

    private CopyText() {}

    /// @param table with its columns
    /// @param from the number of the first row
    /// @param to the number of the row after the last
    /// @param line a row's fields between tabs, without the line's end
    static void copy(Connection connection, String table, int from, int to, IntFunction<String> line)
            throws SQLException {
        var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + table + " from stdin");
        try {
            var piece = new StringBuilder(PIECE + 1000);
            for (int n = from; n < to; n++) {
                piece.append(line.apply(n)).append('\n');
                if (piece.length() >= PIECE || n == to - 1) {
                    byte[] bytes = piece.toString().getBytes(StandardCharsets.UTF_8);
                    copy.writeToCopy(bytes, 0, bytes.length);
                    piece.setLength(0);
                }
            }
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
