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

    /// Makes ready what a server needs.
    @FunctionalInterface
    interface Preparation {
        /// @return the command that starts it
        List<String> command() throws IOException;
    }

    /// Waits until a server that was just started does what it is for.
    @FunctionalInterface
    interface Settling {
        void await(ServerProcess process) throws IOException;
    }

    private final String name;
    private final String stopSignal;
    private final Process process;
    private final DataFolder folder;
    private final Path log;

    private ServerProcess(String name, String stopSignal, Process process, DataFolder folder, Path log) {
        this.name = name;
        this.stopSignal = stopSignal;
        this.process = process;
        this.folder = folder;
        this.log = log;
    }

    /// Starts a server on the folder, which is its own until the server is stopped or killed.
    ///
    /// @param stopSignal asks it to end
    /// @param preparation makes what the server needs before it starts, and the command that starts it
    /// @param settling one that doesn't settle is stopped again
    static ServerProcess start(
            String name, String stopSignal, DataFolder folder, Path log, Preparation preparation, Settling settling) {
        try {
            var process = new ServerProcess(name, stopSignal, run(preparation.command(), log), folder, log);
            process.settle(settling);
            return process;
        } catch (IOException e) {
            folder.close();
            throw new ServerFailure("Can't start %s in %s: %s".formatted(name, folder.path(), e.getMessage()), e);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static Process run(List<String> command, Path log) throws IOException {
        var full = new ArrayList<>(OWN_SESSION);
        full.addAll(command);
        return Programs.builder(full, log).start();
    }

    private void settle(Settling settling) throws IOException {
        try {
            settling.await(this);
        } catch (IOException | RuntimeException e) {
            end();
            throw e;
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

    /// Returns once the server is ready; throws if it ends before or takes longer than the bound.
    void awaitReady(Duration bound, BooleanSupplier ready) {
        long end = System.nanoTime() + bound.toNanos();
        while (!ready.getAsBoolean()) {
            if (ended(Duration.ofMillis(20))) {
                throw new ServerFailure("%s ended with status %d while starting.%n%s"
                        .formatted(name, process.exitValue(), Programs.tail(log)));
            }
            if (System.nanoTime() > end) {
                throw new ServerFailure("%s was not ready after %d seconds and was stopped.%n%s"
                        .formatted(name, bound.toSeconds(), Programs.tail(log)));
            }
        }
    }

    /// Asks with its signal, then insists. Returns when the process is gone and the folder is free.
    void stop() {
        end();
        folder.close();
    }

    /// SIGKILL: what a power cut looks like to the server.
    void kill() {
        destroy();
        folder.close();
    }

    private void end() {
        if (process.isAlive()) {
            Programs.signal(process.pid(), stopSignal);
            if (!ended(STOP)) {
                destroy();
            }
        }
    }

    private void destroy() {
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
