package dev.rollcall.trigger.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A key as it is sent: `rc_<id>_<secret>`.
record ApiKey(String id, String secret) {
    private static final Pattern FORM = Pattern.compile("rc_([A-Za-z0-9]{1,40})_([A-Za-z0-9_-]{40,200})");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ID_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int ID_LENGTH = 12;
    private static final int SECRET_BYTES = 32;

    static Optional<ApiKey> read(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new ApiKey(form.group(1), form.group(2))) : Optional.empty();
    }

    /// One that nobody has: its secret has 256 bits.
    static ApiKey fresh() {
        String id = RANDOM.ints(ID_LENGTH, 0, ID_LETTERS.length())
                .mapToObj(i -> ID_LETTERS.substring(i, i + 1))
                .collect(Collectors.joining());
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return new ApiKey(id, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /// What is kept of a secret: SHA-256 is enough for 256 random bits.
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Whether the secret is the one of this hash; as slow for a wrong one as for the right one.
    boolean matches(byte[] hash) {
        return MessageDigest.isEqual(hash, hash());
    }

    /// The whole key, for its owner's eyes.
    String text() {
        return "rc_" + id + "_" + secret;
    }

    @Override
    public String toString() {
        return "rc_" + id + "_***";
    }
}
