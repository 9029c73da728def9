package dev.rollcall.trigger.batch.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rollcall.trigger.batch.BatchStatus;
import dev.rollcall.trigger.batch.HeldBack;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// What a look at a batch saw, ready to be sent to any number of watchers.
///
/// @param version made of the state itself, so that every replica gives the same state the same one
/// @param json the [BatchStatus]
/// @param isFinal nothing comes after it
/// @param takenAt a monotonic time in nanoseconds
record Sight(String version, String json, boolean isFinal, long takenAt) {
    private static final int VERSION_BYTES = 8;

    /// @param json the status as JSON
    static Sight of(BatchStatus status, String json, long takenAt) {
        return new Sight(version(status), json, status.isFinal(), takenAt);
    }

    /// Not of pace and forecast: they move although nothing changes.
    private static String version(BatchStatus status) {
        List<Object> state = Arrays.asList(
                status.batchId(),
                status.createdAt(),
                status.status(),
                status.counts(),
                status.errors(),
                status.heldBack().stream().map(Sight::withoutTime).toList(),
                status.concurrency(),
                status.priority(),
                status.receipt());
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(state.toString().getBytes(UTF_8));
            return HexFormat.of().formatHex(hash, 0, VERSION_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static HeldBack withoutTime(HeldBack held) {
        return new HeldBack(held.why(), held.tasks(), null, held.queue());
    }
}
