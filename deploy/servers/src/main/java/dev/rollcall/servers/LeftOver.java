package dev.rollcall.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A server whose launcher was killed before it could stop it, found by the number in its pid file.
///
/// The number alone proves nothing, as systems give numbers out again: only a process whose command line names our
/// folder is ours.
record LeftOver(Path pidFile, Path folder) {

    private static final int STOP_SECONDS = 15;

    /// Stops the server if it still lives. Removes a pid file that speaks of nobody, or of a stranger.
    void stop(String signal) {
        Optional<ProcessHandle> living = pid().flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive);
        living.filter(this::isOurs).ifPresent(server -> {
            Programs.signal(server.pid(), signal);
            awaitEnd(server);
        });
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Long> pid() {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(pidFile)) {
            return lines.findFirst()
                    .map(String::strip)
                    .filter(line -> line.matches("[0-9]{1,18}"))
                    .map(Long::valueOf);
        } catch (IOException e) {
            throw new ServerFailure("Can't read %s: %s".formatted(pidFile, e.getMessage()), e);
        }
    }

    private boolean isOurs(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains(folder + "/");
    }

    private static void awaitEnd(ProcessHandle server) {
        CompletableFuture<ProcessHandle> end = server.onExit();
        try {
            end.get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            server.destroyForcibly();
            end.orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
        } catch (ExecutionException | InterruptedException e) {
            throw new ServerFailure("Process %d, left over, can't be stopped".formatted(server.pid()), e);
        }
    }
}
