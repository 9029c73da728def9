package dev.rollcall.simulator;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// About a mebibyte that inflates to 256 MiB of zeros.
///
/// Deflating all of them would hold an event loop for seconds. So one mebibyte is deflated, and its bytes are
/// repeated: they end at a byte's edge and refer to nothing but the zeros before them.
final class GzipBomb {

    static final Buffer BYTES = make();

    private static final int MEBIBYTES = 256;

    private GzipBomb() {}

    private static Buffer make() {
        var zeros = new byte[1 << 20];
        var crc = new CRC32();
        try (var deflater = new Deflater(Deflater.BEST_SPEED, true)) {
            // magic number, deflate, no flags, no time, no system
            var gzip = Buffer.buffer(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0});
            // the first has no zeros before it
            gzip.appendBytes(deflate(deflater, zeros));
            var rest = deflate(deflater, zeros);
            for (var i = 1; i < MEBIBYTES; i++) {
                gzip.appendBytes(rest);
            }
            for (var i = 0; i < MEBIBYTES; i++) {
                crc.update(zeros);
            }
            // an empty last block, then checksum and size
            return gzip.appendBytes(new byte[] {3, 0})
                    .appendIntLE((int) crc.getValue())
                    .appendIntLE(MEBIBYTES << 20);
        }
    }

    private static byte[] deflate(Deflater deflater, byte[] bytes) {
        var deflated = new byte[1 << 16];
        deflater.setInput(bytes);
        return Arrays.copyOf(deflated, deflater.deflate(deflated, 0, deflated.length, Deflater.SYNC_FLUSH));
    }
}
