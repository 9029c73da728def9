package dev.rollcall.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A folder that one server of one living launcher uses. The lock ends with the launcher's process, so that a launcher
/// that was killed stands in nobody's way, and a living one isn't robbed of its server.
record DataFolder(Path path, FileChannel lock) implements AutoCloseable {

    static DataFolder open(Path folder) {
        try {
            Path real = Files.createDirectories(folder).toRealPath();
            var channel = FileChannel.open(real.resolve("in-use"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new FolderInUse(real);
            }
            return new DataFolder(real, channel);
        } catch (IOException e) {
            throw new ServerFailure("Can't use the folder %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this very JVM
        }
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
