package dev.rollcall.trigger.batch.rows;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Where the fields of a row, or the elements of an array, are in what PostgreSQL sent in its binary
/// form. It is used for one row after the other: a million of them make no objects. Text stays the
/// UTF-8 that it is.
final class Fields {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    /// The file's header: a signature that begins with `P`, flags, and the length of what else is in it.
    private static final int HEADER_LENGTH_AT = 15;
    /// An array's header: dimensions, whether there are nulls, the type; then, as it has one dimension, how many, and
    /// the first one's number.
    private static final int ARRAY_SIZE_AT = 12;
    private static final int ARRAY_HEADER = 20;

    private byte[] bytes = new byte[0];
    private int[] from = new int[16];
    private int[] length = new int[16];
    private int count;

    /// Takes a message of a `copy ... (format binary)`: a row, before the first one the header, or the end.
    ///
    /// @return whether there is a row in it
    boolean row(byte[] message) {
        int at = message[0] == 'P' ? HEADER_LENGTH_AT + Integer.BYTES + (int) INT.get(message, HEADER_LENGTH_AT) : 0;
        if (at == message.length) {
            return false;
        }
        int fields = (short) SHORT.get(message, at);
        if (fields < 0) {
            return false;
        }
        read(message, at + Short.BYTES, fields);
        return true;
    }

    /// Takes the elements of an array, a field of a row.
    void elements(Fields row, int field) {
        int at = row.from[field];
        boolean none = row.isNull(field) || (int) INT.get(row.bytes, at) == 0;
        read(row.bytes, at + ARRAY_HEADER, none ? 0 : (int) INT.get(row.bytes, at + ARRAY_SIZE_AT));
    }

    private void read(byte[] source, int start, int size) {
        if (from.length < size) {
            from = Arrays.copyOf(from, size);
            length = Arrays.copyOf(length, size);
        }
        bytes = source;
        count = size;
        int at = start;
        for (int i = 0; i < size; i++) {
            length[i] = (int) INT.get(source, at);
            from[i] = at + Integer.BYTES;
            at = from[i] + Math.max(length[i], 0);
        }
    }

    /// Also when there is no such field.
    boolean isNull(int i) {
        return i >= count || length[i] < 0;
    }

    /// What [#from] and [#length] tell of.
    byte[] bytes() {
        return bytes;
    }

    int from(int i) {
        return from[i];
    }

    int length(int i) {
        return length[i];
    }

    /// The value of an `integer`.
    int integer(int i) {
        return (int) INT.get(bytes, from[i]);
    }

    /// The value of a `bigint`, or a time in microseconds since 2000.
    long bigint(int i) {
        return (long) LONG.get(bytes, from[i]);
    }
}
