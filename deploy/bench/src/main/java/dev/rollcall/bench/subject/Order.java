package dev.rollcall.bench.subject;

import dev.rollcall.bench.figures.Checksum;
import java.util.stream.IntStream;

/// Work for a contestant: `tasks` times "sleep so long, then answer with so many characters".
///
/// @param millis 0 for tasks that do nothing
/// @param bytes the size of each answer
/// @param concurrency tasks at one time
/// @param keep whether a peer has to keep each answer in a row, as Rollcall always does
public record Order(int tasks, int millis, int bytes, int concurrency, boolean keep) {

    public Order {
        if (tasks < 1 || millis < 0 || bytes < 1 || concurrency < 1) {
            throw new IllegalArgumentException(
                    "no order: %d tasks, %d ms, %d bytes, %d at once".formatted(tasks, millis, bytes, concurrency));
        }
    }

    public Order withTasks(int count) {
        return new Order(count, millis, bytes, concurrency, keep);
    }

    public Order kept(boolean wanted) {
        return new Order(tasks, millis, bytes, concurrency, wanted);
    }

    /// The payload of the task with this number.
    public String payload(int n) {
        return "{\"n\":%d,\"millis\":%d,\"bytes\":%d}".formatted(n, millis, bytes);
    }

    /// What its answer is: the payload again and again, cut to size.
    public String answer(int n) {
        String payload = payload(n);
        return payload.repeat(bytes / payload.length() + 1).substring(0, bytes);
    }

    /// Of all answers.
    public Checksum checksum() {
        return Checksum.of(IntStream.range(0, tasks).mapToObj(this::answer));
    }
}
