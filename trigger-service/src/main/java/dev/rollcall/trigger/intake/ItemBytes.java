package dev.rollcall.trigger.intake;

import dev.rollcall.trigger.intake.CopyBytes.Sink;
import java.sql.SQLException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Rows as binary COPY of `item (day, batch, n, cells)`.
final class ItemBytes {
    private static final int FIELDS = 4;
    /// A row without its cells: three fields and the array's head, as `array_recv` reads it.
    private static final int HEAD = (4 + 4) + (4 + 8) + (4 + 4) + 4 + 5 * 4;

    private final CopyBytes bytes;
    private final int day;
    private final long batch;
    private final @Nullable Fingerprint fingerprint;

    /// @param fingerprint of the request, if its cells are to be part of one
    ItemBytes(Sink sink, LocalDate day, long batch, @Nullable Fingerprint fingerprint) {
        this.bytes = new CopyBytes(sink);
        this.day = CopyBytes.days(day);
        this.batch = batch;
        this.fingerprint = fingerprint;
    }

    /// @return the cells' size in bytes
    /// @throws BadText when a cell cannot be stored
    int row(int n, String[] cells) throws BadText, SQLException {
        bytes.row(FIELDS, HEAD);
        bytes.date(day);
        bytes.bigint(batch);
        bytes.integer(n);
        int array = bytes.at();
        bytes.int32(0); // the array's length, when it is known
        bytes.int32(1); // dimensions
        bytes.int32(0); // no nulls
        bytes.int32(CopyBytes.TEXT_OID);
        bytes.int32(cells.length);
        bytes.int32(1); // the first cell's number
        for (int i = 0; i < cells.length; i++) {
            bytes.text(i, cells[i]);
        }
        int length = bytes.at() - array - 4;
        bytes.int32(array, length);
        if (fingerprint != null) {
            bytes.tell(fingerprint, array);
        }
        return length - 5 * 4 - 4 * cells.length;
    }

    /// Ends the data.
    void end() throws SQLException {
        bytes.end();
    }
}
