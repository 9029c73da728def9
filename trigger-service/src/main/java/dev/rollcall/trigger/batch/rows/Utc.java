package dev.rollcall.trigger.batch.rows;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Writes times as `2026-11-21T05:00:00.25+00:00`. Those of rows that follow each other are mostly of
/// one second, so its words are kept.
final class Utc {
    private static final DateTimeFormatter TO_THE_SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final long EPOCH_SECOND = LocalDateTime.of(2000, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
    private static final int MICROS = 1_000_000;
    private static final byte[] OFFSET = "+00:00".getBytes(US_ASCII);

    private long second = Long.MIN_VALUE;
    private byte[] words = {};

    /// @param micros since 2000, as PostgreSQL counts
    void write(long micros, Text file) throws IOException {
        long now = Math.floorDiv(micros, MICROS);
        if (now != second) {
            second = now;
            words = LocalDateTime.ofEpochSecond(EPOCH_SECOND + now, 0, ZoneOffset.UTC)
                    .format(TO_THE_SECOND)
                    .getBytes(US_ASCII);
        }
        file.put(words);
        int rest = (int) Math.floorMod(micros, (long) MICROS);
        if (rest > 0) {
            file.put('.');
        }
        for (int digit = MICROS / 10; rest > 0; digit /= 10) {
            file.put((char) ('0' + rest / digit));
            rest %= digit;
        }
        file.put(OFFSET);
    }
}
