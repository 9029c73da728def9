package dev.rollcall.trigger.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// SHA-256 of everything that a request asks, by its meaning: how it was sent (its form, its order of members, a
/// part's boundary) does not matter. Each value goes in behind its length, so that no two requests read the same.
final class Fingerprint {
    private final MessageDigest digest;

    private Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Of a request, up to its rows; those are added as they come.
    static Fingerprint of(Ask ask, List<String> columns) {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add(ask.prompt());
        fingerprint.add(ask.providers().stream().sorted().toList());
        fingerprint.add(ask.name());
        fingerprint.add(ask.concurrency() == null ? null : ask.concurrency().toString());
        fingerprint.add(Integer.toString(ask.maxRetries()));
        fingerprint.add(Integer.toString(ask.priority()));
        fingerprint.add(ask.webhook());
        fingerprint.add(columns);
        return fingerprint;
    }

    /// A row, as [ItemBytes] writes its cells: with their lengths.
    void add(byte[] bytes, int from, int length) {
        digest.update(bytes, from, length);
    }

    byte[] end() {
        return digest.digest();
    }

    private void add(List<String> texts) {
        add(texts.size());
        texts.forEach(this::add);
    }

    private void add(@Nullable String text) {
        if (text == null) {
            add(-1);
        } else {
            byte[] bytes = text.getBytes(UTF_8);
            add(bytes.length);
            digest.update(bytes);
        }
    }

    private void add(int number) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).flip());
    }
}
