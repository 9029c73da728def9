package dev.rollcall.local.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/// A secret of a data folder, readable by its owner only.
///
/// @param prefix what a secret that is made up begins with
public record SecretFile(Path path, String prefix) {

    public SecretFile(Path path) {
        this(path, "");
    }

    /// The cron secret.
    public static SecretFile in(Path data) {
        return new SecretFile(data.resolve("cron-secret"));
    }

    /// The operator's key.
    public static SecretFile operatorKey(Path data) {
        return new SecretFile(data.resolve("operator-key"), "rc_operator_");
    }

    /// @return nothing if there is no such file, or if it is blank
    public Optional<String> read() {
        try {
            return Files.exists(path)
                    ? Optional.of(Files.readString(path).strip()).filter(secret -> !secret.isEmpty())
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("%s can't be read".formatted(path), e);
        }
    }

    /// Reads it, or makes up one that nobody can guess.
    public String readOrCreate() {
        return read().orElseGet(this::create);
    }

    private String create() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        String secret = prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try {
            Files.createDirectories(path.getParent());
            Files.deleteIfExists(path); // a blank one
            try (var file = Files.newByteChannel(
                    path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), onlyOwner)) {
                file.write(java.nio.ByteBuffer.wrap((secret + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            }
            return secret;
        } catch (FileAlreadyExistsException e) {
            throw new SystemFailure("%s was written by somebody else just now; try again".formatted(path), e);
        } catch (IOException e) {
            throw new UncheckedIOException("%s can't be written".formatted(path), e);
        }
    }
}
