package dev.rollcall.trigger.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.sql.SQLException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/// PostgreSQL's binary COPY format, written into one buffer that is handed on when it is full.
///
/// See "Binary Format" of PostgreSQL's COPY.
final class CopyBytes {
    static final int TEXT_OID = 25;
    private static final byte[] SIGNATURE = "PGCOPY\n\u00ff\r\n\0".getBytes(ISO_8859_1);
    private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);
    private static final int FULL = 64 * 1024;

    private final Sink sink;
    private byte[] bytes = new byte[2 * FULL];
    private int at;

    /// Where full buffers go.
    interface Sink {
        void take(byte[] bytes, int length) throws SQLException;
    }

    CopyBytes(Sink sink) {
        this.sink = sink;
        System.arraycopy(SIGNATURE, 0, bytes, 0, SIGNATURE.length);
        at = SIGNATURE.length;
        int32(0); // flags
        int32(0); // length of the header's extension
    }

    /// Begins a row.
    ///
    /// @param size bytes of it that are known to come
    void row(int fields, int size) throws SQLException {
        if (at > FULL) {
            flush();
        }
        room(2 + size);
        int16(fields);
    }

    /// A field of type date.
    void date(int days) {
        int32(4);
        int32(days);
    }

    /// How a date is told.
    static int days(LocalDate date) {
        return Math.toIntExact(ChronoUnit.DAYS.between(EPOCH, date));
    }

    /// A field of type bigint.
    void bigint(long value) {
        int32(8);
        int32((int) (value >> 32));
        int32((int) value);
    }

    /// A field of type integer.
    void integer(int value) {
        int32(4);
        int32(value);
    }

    void int32(int value) {
        int32(at, value);
        at += 4;
    }

    /// Overwrites.
    void int32(int where, int value) {
        bytes[where] = (byte) (value >> 24);
        bytes[where + 1] = (byte) (value >> 16);
        bytes[where + 2] = (byte) (value >> 8);
        bytes[where + 3] = (byte) value;
    }

    private void int16(int value) {
        bytes[at++] = (byte) (value >> 8);
        bytes[at++] = (byte) value;
    }

    /// Text behind its length, in UTF-8.
    ///
    /// @param column what to blame when it cannot be stored
    void text(int column, String text) throws BadText {
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

    /// Where the next byte will be, in this row.
    int at() {
        return at;
    }

    /// Tells a fingerprint what has been written from there on.
    void tell(Fingerprint fingerprint, int from) {
        fingerprint.add(bytes, from, at - from);
    }

    /// Ends the data.
    void end() throws SQLException {
        room(2);
        int16(-1);
        flush();
    }

    private void flush() throws SQLException {
        sink.take(bytes, at);
        at = 0;
    }

    private void room(int needed) {
        if (bytes.length - at < needed) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, at + needed));
        }
    }
}
