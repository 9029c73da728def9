package dev.rollcall.trigger.catalog;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;

/// A body that is refused as soon as it turns out to be larger than allowed.
final class Capped extends InputStream {
    private final InputStream in;
    private final long max;
    private long seen;

    Capped(InputStream in, long max) {
        this.in = in;
        this.max = max;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    private void count(int read) {
        seen += read;
        if (seen > max) {
            throw HttpProblem.valueOf(
                    Status.REQUEST_ENTITY_TOO_LARGE,
                    "The file is larger than %d bytes. Nothing was imported; split it.".formatted(max));
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
