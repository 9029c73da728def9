package dev.rollcall.trigger.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A key as it is sent: `rc_<id>_<secret>`.
record ApiKey(String id, String secret) {
    private static final Pattern FORM = Pattern.compile("rc_([A-Za-z0-9]{1,40})_([A-Za-z0-9_-]{40,200})");

    static Optional<ApiKey> read(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new ApiKey(form.group(1), form.group(2))) : Optional.empty();
    }

    /// What is kept of a secret: SHA-256 is enough for 256 random bits.
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "rc_" + id + "_***";
    }
}
