package dev.rollcall.local.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/// An answer on its way. That it breaks off is the service's failure, not that of the place it is written to.
final class Incoming extends FilterInputStream {

    private final URI uri;

    Incoming(URI uri, InputStream body) {
        super(body);
        this.uri = uri;
    }

    @Override
    public int read() {
        try {
            return super.read();
        } catch (IOException e) {
            throw cutOff(e);
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        try {
            return super.read(into, offset, length);
        } catch (IOException e) {
            throw cutOff(e);
        }
    }

    private ApiFailure cutOff(IOException e) {
        return new ApiFailure.Unreachable(uri, "the answer broke off: " + ApiFailure.reason(e), e);
    }
}
