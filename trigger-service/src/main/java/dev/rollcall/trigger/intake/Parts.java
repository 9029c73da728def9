package dev.rollcall.trigger.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The parts of a `multipart/form-data` body (RFC 7578), read as they arrive and kept nowhere.
final class Parts {
    private static final int SIZE = 64 * 1024;
    private static final int LONGEST_HEAD = 8 * 1024;
    /// One parameter of a header: its name, and its value in quotes or without.
    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*([^=;\\s]+)\\s*=\\s*(?:\"((?:\\\\.|[^\"\\\\])*)\"|([^;\\s]*))");

    private final InputStream in;
    /// What stands before each part and behind the last.
    private final byte[] delimiter;
    private final byte[] bytes;
    private int from;
    private int to;

    /// @param content good until the next part is asked for
    record Part(String name, InputStream content) {}

    Parts(InputStream in, String boundary) {
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(UTF_8);
        this.bytes = new byte[SIZE + delimiter.length];
        // so that the first delimiter, which has no line before it, looks like the others
        bytes[to++] = '\r';
        bytes[to++] = '\n';
    }

    /// The next part, null behind the last. What is left of the one before is passed over.
    @Nullable
    Part next() throws IOException {
        new Content().transferTo(OutputStream.nullOutputStream());
        from += delimiter.length;
        String first = line();
        if (first.equals("--")) {
            return null;
        }
        String name = null;
        int head = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            head += line.length();
            if (head > LONGEST_HEAD) {
                throw broken();
            }
            if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) {
                name = name(line);
            }
        }
        if (name == null) {
            throw Refusal.wrong("a part of the body has no name");
        }
        return new Part(name, new Content());
    }

    private static @Nullable String name(String disposition) {
        return PARAMETER
                .matcher(disposition)
                .results()
                .filter(parameter -> "name".equalsIgnoreCase(parameter.group(1)))
                .map(parameter -> parameter.group(2) == null ? parameter.group(3) : parameter.group(2))
                .findFirst()
                .orElse(null);
    }

    /// Up to the end of the line, without it. Behind the last delimiter there may be no end.
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            if (from == to && !fill()) {
                return line.toString(UTF_8).strip();
            }
            byte b = bytes[from++];
            if (b == '\n') {
                return line.toString(UTF_8).strip();
            }
            if (line.size() > LONGEST_HEAD) {
                throw broken();
            }
            line.write(b);
        }
    }

    /// @return false at the end of the body
    private boolean fill() throws IOException {
        System.arraycopy(bytes, from, bytes, 0, to - from);
        to -= from;
        from = 0;
        int read = in.read(bytes, to, bytes.length - to);
        to += Math.max(read, 0);
        return read >= 0;
    }

    private static RuntimeException broken() {
        return Refusal.wrong("the body is no multipart/form-data: its parts do not end as they should");
    }

    /// Bytes up to the next delimiter.
    private final class Content extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (to - from < delimiter.length) {
                if (!fill()) {
                    throw broken();
                }
            }
            int plain = plain(Math.min(length, to - from));
            if (plain == 0) {
                return -1;
            }
            System.arraycopy(bytes, from, target, offset, plain);
            from += plain;
            return plain;
        }

        /// @return how many of the next bytes belong to this part for sure; 0 when it ends here
        private int plain(int most) {
            for (int i = 0; i < most; i++) {
                if (bytes[from + i] == '\r' && mayBegin(from + i)) {
                    if (i > 0) {
                        return i;
                    }
                    if (isDelimiter()) {
                        return 0;
                    }
                }
            }
            return most;
        }

        private boolean mayBegin(int at) {
            for (int i = 0; i < delimiter.length && at + i < to; i++) {
                if (bytes[at + i] != delimiter[i]) {
                    return false;
                }
            }
            return true;
        }

        private boolean isDelimiter() {
            return to - from >= delimiter.length && mayBegin(from);
        }
    }
}
