package dev.rollcall.trigger.batch.rows;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;

/// Results as JSON, one object a line.
final class JsonLines implements Lines {
    private static final byte[] ROW = ascii("{\"row\":");
    private static final byte[] CELLS = ascii(",\"cells\":{");
    private static final byte[] PROVIDER = ascii("},\"provider\":");
    private static final byte[] STATE = ascii(",\"state\":");
    private static final byte[] ANSWER = ascii(",\"answer\":");
    private static final byte[] REASON = ascii(",\"reason\":");
    private static final byte[] ATTEMPTS = ascii(",\"attempts\":");
    private static final byte[] MODEL = ascii(",\"model\":");
    private static final byte[] TOKENS_IN = ascii(",\"tokens_in\":");
    private static final byte[] TOKENS_OUT = ascii(",\"tokens_out\":");
    private static final byte[] ENDED_AT = ascii(",\"ended_at\":");
    private static final byte[] END = ascii("}\n");
    private static final byte[] NULL = ascii("null");

    private final List<byte[]> names;
    private final List<byte[]> providers;
    private final Utc utc = new Utc();

    JsonLines(Frame frame) {
        this.names = frame.columns().stream().map(JsonLines::quoted).toList();
        this.providers =
                frame.lanes().stream().map(lane -> quoted(lane.provider())).toList();
    }

    @Override
    public void begin(Text file) {}

    @Override
    public void add(int lane, int row, Fields result, Fields cells, Text file) throws IOException {
        file.put(ROW).put(row).put(CELLS);
        for (int i = 0; i < names.size(); i++) {
            text(cells, i, (i == 0 ? file : file.put(',')).put(names.get(i)).put(':'));
        }
        file.put(PROVIDER).put(providers.get(lane));
        text(result, Copy.STATE, file.put(STATE));
        text(result, Copy.ANSWER, file.put(ANSWER));
        text(result, Copy.REASON, file.put(REASON));
        number(result, Copy.ATTEMPTS, file.put(ATTEMPTS));
        text(result, Copy.MODEL, file.put(MODEL));
        number(result, Copy.TOKENS_IN, file.put(TOKENS_IN));
        number(result, Copy.TOKENS_OUT, file.put(TOKENS_OUT));
        time(result, Copy.ENDED_AT, file.put(ENDED_AT));
        file.put(END);
    }

    private static void number(Fields fields, int i, Text file) throws IOException {
        if (fields.isNull(i)) {
            file.put(NULL);
        } else {
            file.put(fields.integer(i));
        }
    }

    private void time(Fields fields, int i, Text file) throws IOException {
        if (fields.isNull(i)) {
            file.put(NULL);
        } else {
            utc.write(fields.bigint(i), file.put('"'));
            file.put('"');
        }
    }

    private static void text(Fields fields, int field, Text file) throws IOException {
        if (fields.isNull(field)) {
            file.put(NULL);
            return;
        }
        byte[] bytes = fields.bytes();
        int plain = fields.from(field);
        int end = plain + fields.length(field);
        file.put('"');
        for (int i = plain; i < end; i++) {
            byte b = bytes[i];
            // what must be escaped is ASCII, and no byte of another character looks like it
            if (b == '"' || b == '\\' || b >= 0 && b < ' ') {
                escape(b, file.put(bytes, plain, i - plain));
                plain = i + 1;
            }
        }
        file.put(bytes, plain, end - plain).put('"');
    }

    private static void escape(byte b, Text file) throws IOException {
        file.put('\\');
        switch (b) {
            case '"', '\\' -> file.put((char) b);
            case '\n' -> file.put('n');
            case '\r' -> file.put('r');
            case '\t' -> file.put('t');
            default -> file.put(ascii("u00" + HexFormat.of().toHexDigits(b)));
        }
    }

    private static byte[] quoted(String words) {
        byte[] escaped = JsonStringEncoder.getInstance().quoteAsUTF8(words);
        byte[] quoted = new byte[escaped.length + 2];
        System.arraycopy(escaped, 0, quoted, 1, escaped.length);
        quoted[0] = '"';
        quoted[quoted.length - 1] = '"';
        return quoted;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
