package dev.rollcall.trigger.intake;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;

/// A request's body as it arrives. One that is too large, too slow or breaks off is refused where that shows.
///
/// It is never closed: to close a request's body is to wait for the rest of it.
final class Body extends InputStream {
    private final InputStream in;
    private final long max;
    private final String tooLarge;
    private final IntakeConfig limits;
    private long seen;
    /// Nanoseconds that were spent waiting for the sender.
    private long waited;

    /// @param max bytes
    /// @param tooLarge what is said of more
    Body(InputStream in, long max, String tooLarge, IntakeConfig limits) {
        this.in = in;
        this.max = max;
        this.tooLarge = tooLarge;
        this.limits = limits;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        int read = arrive(target, offset, length);
        seen += Math.max(read, 0);
        if (seen > max) {
            throw Refusal.large(tooLarge);
        }
        if (waited > limits.within().toNanos()) {
            throw HttpProblem.valueOf(
                    Status.REQUEST_TIMEOUT,
                    "the rows did not arrive within rollcall.batch.within, %s; nothing was taken in"
                            .formatted(limits.within()));
        }
        return read;
    }

    private int arrive(byte[] target, int offset, int length) {
        long asked = System.nanoTime();
        try {
            return in.read(target, offset, length);
        } catch (IOException e) {
            throw Refusal.wrong("the body broke off; nothing was taken in");
        } finally {
            waited += System.nanoTime() - asked;
        }
    }
}
