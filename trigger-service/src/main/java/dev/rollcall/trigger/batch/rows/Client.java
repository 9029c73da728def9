package dev.rollcall.trigger.batch.rows;

import java.io.IOException;
import java.io.OutputStream;

/// The way to a client. That it went away is told apart from whatever else may fail: it is nobody's fault.
final class Client extends OutputStream {
    private final OutputStream out;

    Client(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws Gone {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws Gone {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            throw new Gone(e);
        }
    }

    @Override
    public void flush() throws Gone {
        try {
            out.flush();
        } catch (IOException e) {
            throw new Gone(e);
        }
    }

    static final class Gone extends IOException {
        private static final long serialVersionUID = 1;

        Gone(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
