package dev.rollcall.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A server as our child. It gets a session of its own, so that Ctrl-C in a terminal reaches only the launcher, which
/// then stops things in the right order.
final class ServerProcess {

    private static final Duration STOP = Duration.ofSeconds(15);
    private static final List<String> OWN_SESSION = ownSession();

    private final String name;
    private final Process process;
    private final Path log;

    private ServerProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    static ServerProcess start(String name, List<String> command, Path log) {
        var full = new ArrayList<>(OWN_SESSION);
        full.addAll(command);
        try {
            return new ServerProcess(name, Programs.builder(full, log).start(), log);
        } catch (IOException e) {
            throw new ServerFailure("Can't start %s: %s".formatted(name, e.getMessage()), e);
        }
    }

    private static List<String> ownSession() {
        if (Programs.installed("setsid")) {
            return List.of("setsid");
        }
        // macOS has no setsid, but has Perl
        return Programs.installed("perl")
                ? List.of("perl", "-e", "use POSIX; setsid(); exec { $ARGV[0] } @ARGV", "--")
                : List.of();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Returns once the server is ready; stops it and throws if it ends before or takes longer than the bound.
    void awaitReady(Duration bound, BooleanSupplier ready) {
        long end = System.nanoTime() + bound.toNanos();
        while (!ready.getAsBoolean()) {
            if (ended(Duration.ofMillis(20))) {
                throw new ServerFailure("%s ended with status %d while starting.%n%s"
                        .formatted(name, process.exitValue(), Programs.tail(log)));
            }
            if (System.nanoTime() > end) {
                kill();
                throw new ServerFailure("%s was not ready after %d seconds and was stopped.%n%s"
                        .formatted(name, bound.toSeconds(), Programs.tail(log)));
            }
        }
    }

    /// Asks with the signal, then insists. Returns when the process is gone.
    void stop(String signal) {
        if (process.isAlive()) {
            Programs.signal(process.pid(), signal);
            if (!ended(STOP)) {
                kill();
            }
        }
    }

    /// SIGKILL: what a power cut looks like to the server.
    void kill() {
        process.destroyForcibly();
        if (!ended(STOP)) {
            throw new ServerFailure("%s (process %d) can't be killed".formatted(name, process.pid()));
        }
    }

    private boolean ended(Duration within) {
        try {
            return process.waitFor(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new ServerFailure("Interrupted while waiting for " + name, e);
        }
    }
}
