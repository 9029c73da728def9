package dev.rollcall.trigger.batch.rows;

import java.io.IOException;
import java.io.OutputStream;

/// UTF-8 on its way to a client, given away whenever 64 KiB of it have gathered.
final class Text {
    private static final int CAPACITY = 64 * 1024;
    private static final int DIGITS_OF_A_LONG = 20;

    private final OutputStream out;
    private final byte[] bytes = new byte[CAPACITY];
    private int length;

    Text(OutputStream out) {
        this.out = out;
    }

    Text put(char ascii) throws IOException {
        room(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    Text put(byte[] some) throws IOException {
        return put(some, 0, some.length);
    }

    Text put(byte[] some, int from, int size) throws IOException {
        if (size > CAPACITY) {
            give();
            out.write(some, from, size);
            return this;
        }
        room(size);
        System.arraycopy(some, from, bytes, length, size);
        length += size;
        return this;
    }

    Text put(long number) throws IOException {
        room(DIGITS_OF_A_LONG);
        long rest = number < 0 ? number : -number; // there is no positive Long.MIN_VALUE
        int end = length + (number < 0 ? 1 : 0) + digits(rest);
        for (int i = end - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' - rest % 10);
            rest /= 10;
        }
        if (number < 0) {
            bytes[length] = '-';
        }
        length = end;
        return this;
    }

    /// Gives away what there is, and sees that it leaves.
    void flush() throws IOException {
        give();
        out.flush();
    }

    private static int digits(long negative) {
        int digits = 1;
        for (long rest = negative / 10; rest != 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    private void room(int size) throws IOException {
        if (CAPACITY - length < size) {
            give();
        }
    }

    private void give() throws IOException {
        out.write(bytes, 0, length);
        length = 0;
    }
}
