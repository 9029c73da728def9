package dev.rollcall.trigger.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/// Reads UTF-8 and nothing else: a malformed byte is an error with its line, never a replacement character. A byte
/// order mark at the start is left out. A record may be bounded, so that one without an end cannot fill the memory.
public final class Utf8Reader extends Reader {
    private static final int SIZE = 16 * 1024;

    private final InputStream in;
    private final CharsetDecoder decoder = UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(SIZE).flip();
    private final CharBuffer chars = CharBuffer.allocate(SIZE).flip();
    private boolean begun;
    private boolean ended;
    private long line = 1;
    private char last;
    private final long most;
    private long given;

    /// @param most characters that may be read ahead of the latest [#recordBegins]
    public Utf8Reader(InputStream in, long most) {
        this.in = in;
        this.most = most;
    }

    void recordBegins() {
        given = 0;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        while (!chars.hasRemaining()) {
            if (!decode()) {
                return -1;
            }
        }
        int count = Math.min(length, chars.remaining());
        chars.get(target, offset, count);
        given += count;
        if (given > most) {
            throw new Endless();
        }
        return count;
    }

    /// @return false at the end
    private boolean decode() throws IOException {
        chars.clear();
        CoderResult result = decoder.decode(bytes, chars, ended);
        chars.flip();
        if (chars.hasRemaining()) {
            countLines();
            leaveOutMark();
        } else if (result.isError()) {
            throw new Malformed(line);
        } else if (ended) {
            return false;
        } else {
            fill();
        }
        return true;
    }

    private void fill() throws IOException {
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        ended = read < 0;
        bytes.position(bytes.position() + Math.max(read, 0)).flip();
    }

    private void countLines() {
        char[] decoded = chars.array();
        for (int i = 0; i < chars.limit(); i++) {
            char c = decoded[i];
            if (c == '\r' || c == '\n' && last != '\r') {
                line++;
            }
            last = c;
        }
    }

    private void leaveOutMark() {
        if (!begun && chars.charAt(0) == '\uFEFF') {
            chars.get();
        }
        begun = true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /// A line that is not UTF-8.
    public static final class Malformed extends IOException {
        private static final long serialVersionUID = 1;
        private final long line;

        private Malformed(long line) {
            super("line %d is not UTF-8".formatted(line));
            this.line = line;
        }

        public long line() {
            return line;
        }
    }

    /// A record that goes on for longer than allowed.
    static final class Endless extends IOException {
        private static final long serialVersionUID = 1;
    }
}
