package dev.rollcall.bench.figures;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.Stream;

/// A number that depends on every text of a set and not on their order: the sum of the first 32 bits of each MD5.
/// [#SQL] computes the same in PostgreSQL.
///
/// @param rows how many texts there were
public record Checksum(long rows, long sum) {

    /// Of the column or expression that takes the place of `%s`.
    public static final String SQL =
            "select count(*), coalesce(sum(('x' || left(md5(%1$s), 8))::bit(32)::bigint), 0)::bigint";

    public static Checksum of(Stream<String> texts) {
        var md5 = md5();
        long[] rowsAndSum = new long[2];
        texts.forEach(text -> {
            byte[] hash = md5.digest(text.getBytes(StandardCharsets.UTF_8));
            rowsAndSum[0]++;
            rowsAndSum[1] += (hash[0] & 0xffL) << 24 | (hash[1] & 0xff) << 16 | (hash[2] & 0xff) << 8 | hash[3] & 0xff;
        });
        return new Checksum(rowsAndSum[0], rowsAndSum[1]);
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }
}
