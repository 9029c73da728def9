package dev.rollcall.trigger.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.sql.SQLException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Rows in PostgreSQL's binary COPY format, for `item (day, batch, n, cells)`. Writes into one buffer that is handed
/// on when it is full.
///
/// See "Binary Format" of PostgreSQL's COPY and `array_recv`.
final class ItemBytes {
    private static final byte[] SIGNATURE = "PGCOPY\n\u00ff\r\n\0".getBytes(ISO_8859_1);
    private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);
    private static final int FULL = 64 * 1024;
    private static final int FIELDS = 4;
    private static final int TEXT_OID = 25;
    /// A row without its cells' bytes: count of fields, their lengths, three numbers, and the array's head.
    private static final int HEAD = 2 + (4 + 4) + (4 + 8) + (4 + 4) + 4 + 5 * 4;

    private final Sink out;
    private final int day;
    private final long batch;
    private final @Nullable Fingerprint fingerprint;
    private byte[] bytes = new byte[2 * FULL];
    private int at;

    /// Where full buffers go.
    interface Sink {
        void take(byte[] bytes, int length) throws SQLException;
    }

    /// @param fingerprint of the request, if its cells are to be part of one
    ItemBytes(Sink out, LocalDate day, long batch, @Nullable Fingerprint fingerprint) {
        this.out = out;
        this.day = Math.toIntExact(ChronoUnit.DAYS.between(EPOCH, day));
        this.batch = batch;
        this.fingerprint = fingerprint;
        System.arraycopy(SIGNATURE, 0, bytes, 0, SIGNATURE.length);
        at = SIGNATURE.length;
        int32(0); // flags
        int32(0); // length of the header's extension
    }

    /// @return the cells' size in bytes
    /// @throws BadText when a cell cannot be stored
    int row(int n, String[] cells) throws BadText, SQLException {
        if (at > FULL) {
            flush();
        }
        room(HEAD);
        int16(FIELDS);
        int32(4);
        int32(day);
        int32(8);
        int64(batch);
        int32(4);
        int32(n);
        int array = at;
        int32(0); // the array's length, when it is known
        int32(1); // dimensions
        int32(0); // no nulls
        int32(TEXT_OID);
        int32(cells.length);
        int32(1); // the first cell's number
        for (int i = 0; i < cells.length; i++) {
            text(i, cells[i]);
        }
        int32(array, at - array - 4);
        if (fingerprint != null) {
            fingerprint.add(bytes, array, at - array);
        }
        return at - array - 6 * 4 - 4 * cells.length;
    }

    /// Ends the data.
    void end() throws SQLException {
        room(2);
        int16(-1);
        flush();
    }

    private void flush() throws SQLException {
        out.take(bytes, at);
        at = 0;
    }

    private void room(int needed) {
        if (bytes.length - at < needed) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, at + needed));
        }
    }

    private void text(int column, String text) throws BadText {
        int chars = text.length();
        room(4 + 3 * chars);
        int length = at;
        at += 4;
        byte[] target = bytes;
        int to = at;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                if (c == 0) {
                    throw new BadText(column, "holds a NUL character, which cannot be stored");
                }
                target[to++] = (byte) c;
            } else if (c < 0x800) {
                target[to++] = (byte) (0xc0 | c >> 6);
                target[to++] = (byte) (0x80 | c & 0x3f);
            } else if (!Character.isSurrogate(c)) {
                target[to++] = (byte) (0xe0 | c >> 12);
                target[to++] = (byte) (0x80 | c >> 6 & 0x3f);
                target[to++] = (byte) (0x80 | c & 0x3f);
            } else {
                int point = text.codePointAt(i++);
                if (!Character.isSupplementaryCodePoint(point)) {
                    throw new BadText(column, "holds half of a surrogate pair, which is no character");
                }
                target[to++] = (byte) (0xf0 | point >> 18);
                target[to++] = (byte) (0x80 | point >> 12 & 0x3f);
                target[to++] = (byte) (0x80 | point >> 6 & 0x3f);
                target[to++] = (byte) (0x80 | point & 0x3f);
            }
        }
        at = to;
        int32(length, at - length - 4);
    }

    private void int16(int value) {
        bytes[at++] = (byte) (value >> 8);
        bytes[at++] = (byte) value;
    }

    private void int32(int value) {
        int32(at, value);
        at += 4;
    }

    private void int32(int where, int value) {
        bytes[where] = (byte) (value >> 24);
        bytes[where + 1] = (byte) (value >> 16);
        bytes[where + 2] = (byte) (value >> 8);
        bytes[where + 3] = (byte) value;
    }

    private void int64(long value) {
        int32((int) (value >> 32));
        int32((int) value);
    }
}
