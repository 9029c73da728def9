package dev.rollcall.trigger.catalog;

import org.jdbi.v3.core.statement.Query;

/// What an import did.
///
/// @param rows in the file; the sum of the others
public record Imported(int rows, int created, int updated, int unchanged) {

    /// @param write answers with one row: how many it created, how many it updated
    static Imported of(int rows, Query write) {
        return write.map((row, _) -> of(rows, row.getInt("created"), row.getInt("updated")))
                .one();
    }

    private static Imported of(int rows, int created, int updated) {
        return new Imported(rows, created, updated, rows - created - updated);
    }
}
