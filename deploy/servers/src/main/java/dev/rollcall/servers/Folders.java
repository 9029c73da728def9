package dev.rollcall.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Folders as a whole.
final class Folders {

    private Folders() {}

    /// Deletes the folder with everything in it, if it is there.
    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            List<Path> deepestFirst;
            try (Stream<Path> all = Files.walk(folder)) {
                deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path); // a server's last child may tidy up at the same moment
            }
        } catch (IOException e) {
            throw new ServerFailure("Can't delete %s: %s".formatted(folder, e.getMessage()), e);
        }
    }
}
