package dev.rollcall.trigger.batch.rows;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Results as CSV (RFC 4180). What a spreadsheet would take for a formula gets a leading `'`. A null is an empty field.
final class CsvLines implements Lines {
    private static final List<String> OURS = List.of(
            "provider", "state", "answer", "reason", "attempts", "model", "tokens_in", "tokens_out", "ended_at");
    private static final byte[] LINE_END = "\r\n".getBytes(US_ASCII);
    private static final boolean[] QUOTED = ascii(",\"\r\n");
    private static final boolean[] FORMULA = ascii("=+-@\t\r");

    private final List<String> columns;
    private final List<byte[]> providers;
    private final Utc utc = new Utc();

    CsvLines(Frame frame) {
        this.columns = frame.columns();
        this.providers = frame.lanes().stream()
                .map(lane -> lane.provider().getBytes(UTF_8))
                .toList();
    }

    /// The names of the columns. A row's column that is called like one of ours is `cells.<name>`.
    @Override
    public void begin(Text file) throws IOException {
        List<String> names = new ArrayList<>();
        columns.forEach(name -> names.add(OURS.contains(name) || name.equals("row") ? "cells." + name : name));
        names.addAll(OURS);
        file.put("row".getBytes(US_ASCII));
        for (String name : names) {
            file.put(',');
            field(name.getBytes(UTF_8), file);
        }
        file.put(LINE_END);
    }

    @Override
    public void add(int lane, int row, Fields result, Fields cells, Text file) throws IOException {
        file.put(row);
        for (int i = 0; i < columns.size(); i++) {
            text(cells, i, file);
        }
        field(providers.get(lane), file.put(','));
        text(result, Copy.STATE, file);
        text(result, Copy.ANSWER, file);
        text(result, Copy.REASON, file);
        number(result, Copy.ATTEMPTS, file);
        text(result, Copy.MODEL, file);
        number(result, Copy.TOKENS_IN, file);
        number(result, Copy.TOKENS_OUT, file);
        file.put(',');
        if (!result.isNull(Copy.ENDED_AT)) {
            utc.write(result.bigint(Copy.ENDED_AT), file);
        }
        file.put(LINE_END);
    }

    private static void number(Fields fields, int i, Text file) throws IOException {
        file.put(',');
        if (!fields.isNull(i)) {
            file.put(fields.integer(i));
        }
    }

    private static void text(Fields fields, int i, Text file) throws IOException {
        file.put(',');
        if (!fields.isNull(i)) {
            field(fields.bytes(), fields.from(i), fields.length(i), file);
        }
    }

    private static void field(byte[] words, Text file) throws IOException {
        field(words, 0, words.length, file);
    }

    private static void field(byte[] bytes, int from, int length, Text file) throws IOException {
        int end = from + length;
        boolean quoted = false;
        for (int i = from; i < end && !quoted; i++) {
            quoted = QUOTED[bytes[i] & 0xff];
        }
        if (quoted) {
            file.put('"');
        }
        if (length > 0 && FORMULA[bytes[from] & 0xff]) {
            file.put('\'');
        }
        if (quoted) {
            doubled(bytes, from, end, file);
        } else {
            file.put(bytes, from, length);
        }
    }

    private static void doubled(byte[] bytes, int from, int end, Text file) throws IOException {
        int plain = from;
        for (int i = from; i < end; i++) {
            if (bytes[i] == '"') {
                file.put(bytes, plain, i + 1 - plain);
                plain = i; // and once more
            }
        }
        file.put(bytes, plain, end - plain).put('"');
    }

    /// By byte; the bytes of other characters are none of these.
    private static boolean[] ascii(String characters) {
        boolean[] is = new boolean[256];
        characters.chars().forEach(c -> is[c] = true);
        return is;
    }
}
