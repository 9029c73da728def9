package dev.rollcall.trigger.intake;

import dev.rollcall.trigger.csv.Utf8Reader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// A body that is kept in a file, because what has to be known first may come last in it.
final class Spool implements AutoCloseable {
    private final Path file;
    private final List<InputStream> open = new ArrayList<>();

    Spool(InputStream body) {
        try {
            file = Files.createTempFile("rollcall-batch-", ".body");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// From its beginning; closed with the spool.
    InputStream read() {
        try {
            InputStream in = Files.newInputStream(file);
            open.add(in);
            return in;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As [#read], for text.
    Utf8Reader readText() {
        return new Utf8Reader(read(), Long.MAX_VALUE);
    }

    @Override
    public void close() {
        try {
            for (InputStream in : open) {
                in.close();
            }
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
