package dev.rollcall.local.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Says that a living launcher uses a data folder. Ends with the launcher's process, however that ends.
record FolderLock(FileChannel channel) implements AutoCloseable {

    /// @throws SystemFailure if another launcher is there first
    static FolderLock take(Path folder) {
        try {
            Files.createDirectories(folder);
            var channel =
                    FileChannel.open(folder.resolve("launcher"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new SystemFailure(
                        "Another Rollcall is running on the data in %s. Stop that one first, or choose another folder with --data."
                                .formatted(folder));
            }
            return new FolderLock(channel);
        } catch (IOException e) {
            throw new SystemFailure("The folder %s can't be used: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this very JVM
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
