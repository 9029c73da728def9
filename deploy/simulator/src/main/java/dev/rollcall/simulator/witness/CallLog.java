package dev.rollcall.simulator.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The calls that are over, one line of JSON each, appended to a file.
///
/// Lines are gathered in memory and written by a thread of their own every 50 ms, so that a call never waits for the
/// disk. A log that can't be written is no witness: the first failure is kept and thrown at everyone who asks
/// afterwards.
public final class CallLog implements AutoCloseable {

    private static final long FLUSH_MILLIS = 50;

    private final Path path;
    private final FileChannel file;
    private final Thread writer;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Object gate = new Object();
    private List<CallLine> pending = new ArrayList<>();
    private volatile @Nullable IOException broken;

    private CallLog(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
        this.writer = Thread.ofPlatform().name("call-log").unstarted(this::writeUntilClosed);
    }

    /// Appends to the file; creates it if need be.
    public static CallLog open(Path path) throws IOException {
        try {
            var log = new CallLog(path, FileChannel.open(path, CREATE, APPEND));
            log.writer.start();
            return log;
        } catch (IOException e) {
            throw new IOException(
                    "the call log %s can't be opened; its folder must exist and be writable".formatted(path), e);
        }
    }

    public Path path() {
        return path;
    }

    public void add(CallLine line) {
        synchronized (gate) {
            pending.add(line);
        }
    }

    /// Writes what is pending.
    ///
    /// @return the file's length in bytes, which is always the end of a line
    public synchronized long flush() {
        List<CallLine> lines;
        synchronized (gate) {
            lines = pending;
            pending = lines.isEmpty() ? lines : new ArrayList<>();
        }
        try {
            requireSound();
            write(lines);
            return file.size();
        } catch (IOException e) {
            broken = e;
            throw new UncheckedIOException("the call log can't be written: " + path, e);
        }
    }

    /// Writes what is pending and closes the file.
    @Override
    public void close() {
        closing.countDown();
        try {
            writer.join();
            flush();
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the call log can't be closed: " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeUntilClosed() {
        try {
            while (!closing.await(FLUSH_MILLIS, TimeUnit.MILLISECONDS)) {
                flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(List<CallLine> lines) throws IOException {
        if (lines.isEmpty()) {
            return;
        }
        var text = new StringBuilder(lines.size() * 256);
        for (var line : lines) {
            text.append(line.toJson()).append('\n');
        }
        var bytes = ByteBuffer.wrap(text.toString().getBytes(UTF_8));
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    private void requireSound() throws IOException {
        if (broken != null) {
            throw new IOException("an earlier write failed", broken);
        }
    }
}
