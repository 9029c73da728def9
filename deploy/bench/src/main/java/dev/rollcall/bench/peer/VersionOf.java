package dev.rollcall.bench.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a program says when it is asked for its version.
final class VersionOf {

    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+");

    private VersionOf() {}

    /// @param program its name on the path, or its file
    /// @return the first number with dots that it prints, or null if it is not there
    static @Nullable String program(String program) {
        try {
            var process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .start();
            var said = VERSION.matcher(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            return said.find() ? said.group() : null;
        } catch (IOException e) {
            return null; // it can't be run
        }
    }
}
