package dev.rollcall.trigger.batch.rows;

import dev.rollcall.trigger.batch.BatchId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What is common to a batch's rows.
///
/// @param columns the names of their cells
/// @param lanes in the order of their providers
record Frame(BatchId batch, LocalDate day, List<String> columns, List<Lane> lanes) {
    /// One provider of the batch.
    record Lane(long id, String provider) {
        /// A task's id is its lane's, and its row in that many bits.
        static final int ROW_BITS = 24;

        long firstTask() {
            return id << ROW_BITS;
        }
    }

    /// @throws jakarta.ws.rs.NotFoundException (404) when the handle's role sees no such batch of rows
    static Frame find(Handle handle, BatchId batch) {
        List<Frame> lines = handle.createQuery("""
                        select b.day, b.columns, l.id, l.provider
                        from batch b left join lane l on l.batch = b.id
                        where b.id = :batch and b.kind = 'rows'
                        order by l.provider
                        """)
                .bind("batch", batch.value())
                .map((row, _) -> frame(batch, row))
                .list();
        if (lines.isEmpty()) {
            throw batch.unknown();
        }
        Frame first = lines.getFirst();
        List<Lane> lanes = lines.stream().flatMap(line -> line.lanes().stream()).toList();
        return new Frame(batch, first.day(), first.columns(), lanes);
    }

    private static Frame frame(BatchId batch, ResultSet row) throws SQLException {
        return new Frame(
                batch,
                row.getObject("day", LocalDate.class),
                List.of((String[]) row.getArray("columns").getArray()),
                row.getString("provider") == null
                        ? List.of()
                        : List.of(new Lane(row.getLong("id"), row.getString("provider"))));
    }
}
