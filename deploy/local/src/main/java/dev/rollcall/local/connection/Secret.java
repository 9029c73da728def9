package dev.rollcall.local.connection;

import dev.rollcall.local.system.SecretFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// A secret that the caller may name: by a file or by an environment variable.
record Secret(CommandSpec spec, String option, @Nullable Path file, String variable) {

    /// @throws ParameterException if the file is named and of no use
    Optional<String> read() {
        if (file == null) {
            return Optional.ofNullable(System.getenv(variable))
                    .map(String::strip)
                    .filter(secret -> !secret.isEmpty());
        }
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new ParameterException(spec.commandLine(), "%s: %s can't be read".formatted(option, file));
        }
        var secret = new SecretFile(file).read();
        if (secret.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "%s: %s is empty".formatted(option, file));
        }
        return secret;
    }
}
