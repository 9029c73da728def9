package dev.rollcall.trigger.batch.rows;

import jakarta.ws.rs.BadRequestException;
import org.jspecify.annotations.Nullable;

/// Where a page of rows ended: the row, and the lane it ended on. Written as `17-3`.
record Position(int row, long lane) {
    static final Position START = new Position(0, 0);

    /// @throws BadRequestException (400) for what no page has given
    static Position read(@Nullable String cursor) {
        if (cursor == null) {
            return START;
        }
        if (!cursor.matches("[0-9]{1,8}-[0-9]{1,10}")) {
            throw new BadRequestException("cursor must be the \"next\" of the page before");
        }
        int dash = cursor.indexOf('-');
        return new Position(Integer.parseInt(cursor.substring(0, dash)), Long.parseLong(cursor.substring(dash + 1)));
    }

    @Override
    public String toString() {
        return row + "-" + lane;
    }
}
