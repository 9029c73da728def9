package dev.rollcall.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The number of a running child, kept so that the next launcher can end what a killed launcher left behind.
///
/// The number alone proves nothing, as systems give numbers out again: only a process whose command line names our
/// folder is ours.
record PidFile(Path folder, Path file) {

    private static final int SECONDS = 10;

    static PidFile of(Path folder, String name) {
        return new PidFile(folder, folder.resolve("pids").resolve(name + ".pid"));
    }

    static List<PidFile> in(Path folder) {
        Path pids = folder.resolve("pids");
        if (!Files.isDirectory(pids)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(pids)) {
            return files.filter(file -> file.toString().endsWith(".pid"))
                    .sorted()
                    .map(file -> new PidFile(folder, file))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Kills what this file speaks of, if it lives and is ours, and removes the file.
    Optional<Long> endLeftOver() {
        Optional<ProcessHandle> living = pid().flatMap(ProcessHandle::of).filter(this::isOurs);
        living.ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).join();
        });
        delete();
        return living.map(ProcessHandle::pid);
    }

    void write(long pid) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, pid + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isOurs(ProcessHandle process) {
        return process.isAlive() && commandLine(process).contains(folder.toString());
    }

    private static String commandLine(ProcessHandle process) {
        var words = new ArrayList<String>();
        process.info().command().ifPresent(words::add);
        process.info().arguments().ifPresent(arguments -> words.addAll(List.of(arguments)));
        process.info().commandLine().ifPresent(words::add);
        return String.join(" ", words);
    }

    private Optional<Long> pid() {
        try {
            String text = Files.readString(file).strip();
            return text.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
