package dev.rollcall.servers;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Runs the small programs around a server: those that prepare its data, and `kill`.
final class Programs {

    private static final int TAIL_LINES = 25;

    private Programs() {}

    /// Runs to the end. Output goes to the log, whose tail is in the exception if the program fails.
    static void run(String name, List<String> command, Path log) {
        try {
            int status = builder(command, log).start().waitFor();
            if (status != 0) {
                throw new ServerFailure("%s ended with status %d.%n%s".formatted(name, status, tail(log)));
            }
        } catch (IOException e) {
            throw new ServerFailure("Can't run %s: %s".formatted(name, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerFailure("Interrupted while %s ran".formatted(name), e);
        }
    }

    static ProcessBuilder builder(List<String> command, Path log) {
        var builder = new ProcessBuilder(command)
                .directory(log.resolveSibling(".").toFile()) // where a crash leaves its report
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().remove("JDK_JAVA_OPTIONS"); // meant for the launcher, not for the broker
        return builder;
    }

    /// Whether the program is there and ends well.
    static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // no such program here
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Sends a signal by name ("INT", "QUIT"), which Java itself can't. The shell's own `kill` is on every system.
    static void signal(long pid, String signal) {
        succeeds("sh", "-c", "kill -" + signal + " " + pid);
    }

    static boolean installed(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Stream.of(path.split(File.pathSeparator)).anyMatch(f -> Files.isExecutable(Path.of(f, program)));
    }

    static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            int from = Math.max(0, lines.size() - TAIL_LINES);
            return "The end of %s:%n%s".formatted(log, String.join("\n", lines.subList(from, lines.size())));
        } catch (IOException e) {
            return "(%s can't be read: %s)".formatted(log, e.getMessage());
        }
    }

    /// The environment's cache folder, or the usual one in the home folder.
    static Path userCache() {
        Map<String, String> environment = System.getenv();
        String cache = environment.getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        return Path.of(cache, "rollcall");
    }
}
