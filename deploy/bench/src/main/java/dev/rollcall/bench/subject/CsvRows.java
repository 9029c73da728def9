package dev.rollcall.bench.subject;

import dev.rollcall.bench.figures.Checksum;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.stream.IntStream;

/// A CSV file that is made while it is sent. Its columns are what the peers' payloads hold.
///
/// @param count rows without the header
public record CsvRows(int count) {

    private static final int ROWS_A_PIECE = 2000;

    static String row(int n) {
        return n + ",0,500";
    }

    public BodyPublisher publisher() {
        return BodyPublishers.ofByteArrays(() -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < count;
            }

            @Override
            public byte[] next() {
                var piece = new StringBuilder(next == 0 ? "n,millis,bytes\n" : "");
                for (int end = Math.min(count, next + ROWS_A_PIECE); next < end; next++) {
                    piece.append(row(next)).append('\n');
                }
                return piece.toString().getBytes(StandardCharsets.UTF_8);
            }
        });
    }

    /// Of the rows as text.
    public Checksum checksum() {
        return Checksum.of(IntStream.range(0, count).mapToObj(CsvRows::row));
    }
}
