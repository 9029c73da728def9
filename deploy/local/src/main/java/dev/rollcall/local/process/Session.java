package dev.rollcall.local.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// How a program gets a session of its own, away from the terminal's signals.
final class Session {

    /// What stands before the command; empty where the system offers nothing.
    static final List<String> OWN = own();

    /// Variables meant for this JVM: a child has its own options.
    static final Set<String> FOREIGN = Set.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS");

    private Session() {}

    private static List<String> own() {
        if (installed("setsid")) {
            return List.of("setsid");
        }
        // macOS has no setsid, but has Perl
        return installed("perl")
                ? List.of("perl", "-e", "use POSIX; setsid(); exec { $ARGV[0] } @ARGV", "--")
                : List.of();
    }

    private static boolean installed(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Stream.of(path.split(File.pathSeparator)).anyMatch(f -> Files.isExecutable(Path.of(f, program)));
    }
}
