package dev.rollcall.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Where this repository is: the system property `rollcall.home`, or the nearest folder upward that has a `.mvn`.
public final class RepositoryRoot {

    private RepositoryRoot() {}

    public static Path find() {
        String told = System.getProperty("rollcall.home");
        return told == null
                ? upwardFrom(Path.of("").toAbsolutePath())
                : Path.of(told).toAbsolutePath();
    }

    static Path upwardFrom(Path start) {
        return Stream.iterate(start, folder -> folder != null, Path::getParent)
                .filter(folder -> Files.isDirectory(folder.resolve(".mvn")))
                .findFirst()
                .orElseThrow(() -> new ServerFailure(
                        "%s isn't inside Rollcall's repository. Go there, or name it: -Drollcall.home=<folder>"
                                .formatted(start)));
    }
}
