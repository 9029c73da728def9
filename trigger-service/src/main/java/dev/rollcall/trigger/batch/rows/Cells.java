package dev.rollcall.trigger.batch.rows;

import java.io.IOException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The cells of a batch's rows, copied beside the results on a connection of their own. Rows are written before anybody
/// sees their batch and never change, so both need not see the same snapshot.
///
/// They are copied a portion at a time, as they are asked for: a lane of which few rows are final yet needs few cells.
final class Cells {
    private static final int SMALLEST_PORTION = 256;
    private static final int LARGEST_PORTION = 16 * 1024;

    private final Handle handle;
    private final Frame frame;
    private final Fields cells = new Fields();
    private @Nullable Copied portion;
    private int next;
    private int end;
    private int size;

    Cells(Handle handle, Frame frame) {
        this.handle = handle;
        this.frame = frame;
    }

    /// The cells of this row. Quick for one row after the other.
    Fields of(int row) throws IOException {
        Copied from = portion;
        if (from == null || row < next || row >= end) {
            from = begin(row);
        }
        do {
            if (!from.next()) {
                throw new IllegalStateException("batch %s has no row %d".formatted(frame.batch(), row));
            }
            next = from.fields().integer(Copy.ROW) + 1;
        } while (next <= row);
        cells.elements(from.fields(), Copy.CELLS);
        return cells;
    }

    /// Leaves the connection ready for another statement. What is read in vain is a part of one portion.
    void end() throws IOException {
        while (portion != null && portion.next()) {}
        portion = null;
    }

    private Copied begin(int row) throws IOException {
        end();
        boolean goesOn = row >= end && row - end < size;
        size = goesOn ? Math.min(2 * size, LARGEST_PORTION) : SMALLEST_PORTION;
        next = row;
        end = row + size;
        Copied begun = Copied.begin(handle, Copy.cells(frame, row, end));
        portion = begun;
        return begun;
    }
}
