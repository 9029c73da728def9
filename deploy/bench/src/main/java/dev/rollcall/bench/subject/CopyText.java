package dev.rollcall.bench.subject;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/// Rows by COPY, in pieces of some size.
final class CopyText {

    private static final int PIECE = 64 * 1024;

    private CopyText() {}

    /// @param table with its columns
    /// @param line a row's fields between tabs, without the line's end
    static void copy(Connection connection, String table, IntStream rows, IntFunction<String> line)
            throws SQLException {
        var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + table + " from stdin");
        try {
            var piece = new StringBuilder(PIECE + 1000);
            for (var each = rows.iterator(); each.hasNext(); ) {
                piece.append(line.apply(each.next())).append('\n');
                if (piece.length() >= PIECE || !each.hasNext()) {
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
