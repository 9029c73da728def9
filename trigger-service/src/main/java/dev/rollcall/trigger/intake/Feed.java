package dev.rollcall.trigger.intake;

import java.sql.SQLException;

/// Moves the rows of a request into [ItemBytes], within the limits.
final class Feed {
    /// A task's id holds its item in 24 bits.
    private static final int MOST_ITEMS = 1 << 24;

    private final int maxRows;
    private final long maxRow;

    Feed(IntakeConfig limits) {
        this.maxRows = Math.min(limits.maxRows(), MOST_ITEMS);
        this.maxRow = limits.maxRow().asLongValue();
    }

    /// @return how many there were
    /// @throws io.quarkiverse.resteasy.problem.HttpProblem (400, 413, 422) that says what is wrong, and where
    int move(Rows rows, ItemBytes to) throws SQLException {
        int n = 0;
        for (String[] cells = rows.next(); cells != null; cells = rows.next()) {
            if (n == maxRows) {
                throw Refusal.many("there are more than %d rows, which is rollcall.batch.max-rows; send several batches"
                        .formatted(maxRows));
            }
            move(rows, cells, n++, to);
        }
        if (n == 0) {
            throw Refusal.wrong("there are no rows");
        }
        to.end();
        return n;
    }

    private void move(Rows rows, String[] cells, int n, ItemBytes to) throws SQLException {
        try {
            int size = to.row(n, cells);
            if (size > maxRow) {
                throw Refusal.large(
                        "%s: the row has %d bytes; rollcall.batch.max-row is %d".formatted(rows.where(), size, maxRow));
            }
        } catch (BadText e) {
            throw Refusal.wrongRow(
                    rows.where(), "column \"%s\" %s".formatted(rows.columns().get(e.column()), e.getMessage()));
        }
    }
}
