package dev.rollcall.local.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;

/// One running program in a session of its own, so that Ctrl-C in a terminal reaches only the launcher, which then
/// stops everything in order. What it prints goes to `logs/<name>.log`, its number to `pids/<name>.pid`.
public final class Child {

    private static final Duration LAST_PATIENCE = Duration.ofSeconds(10);

    private final Program program;
    private final Process process;
    private final Path log;
    private final PidFile pidFile;

    private Child(Program program, Process process, Path log, PidFile pidFile) {
        this.program = program;
        this.process = process;
        this.log = log;
        this.pidFile = pidFile;
    }

    /// @param folder whose `logs` and `pids` are used; the command line must name it, see [PidFile]
    /// @throws UncheckedIOException if the program can't be run
    public static Child start(Program program, Path folder) {
        var command = new ArrayList<>(Session.OWN);
        command.addAll(program.command());
        Path log = folder.resolve("logs").resolve(program.name() + ".log");
        var pidFile = PidFile.of(folder, program.name());
        try {
            Files.createDirectories(log.getParent());
            var builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().keySet().removeAll(Session.FOREIGN);
            builder.environment().putAll(program.environment());
            var process = builder.start();
            pidFile.write(process.pid());
            return new Child(program, process, log, pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException("%s can't be started: %s".formatted(program.name(), e.getMessage()), e);
        }
    }

    public Program program() {
        return program;
    }

    public String name() {
        return program.name();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// @throws IllegalThreadStateException while it lives
    public int exitStatus() {
        return process.exitValue();
    }

    public Path log() {
        return log;
    }

    /// SIGKILL: what a power cut looks like to it. Returns when it is gone.
    public void kill() {
        process.destroyForcibly();
        if (!ended(LAST_PATIENCE)) {
            throw new IllegalStateException("%s (process %d) can't be killed".formatted(name(), pid()));
        }
        pidFile.delete();
    }

    /// Sends a signal by its name, see [Signal].
    public void signal(String signal) {
        Signal.send(pid(), signal);
    }

    /// SIGTERM, and SIGKILL when it is still there after the given time.
    ///
    /// @return whether it went by itself
    public boolean stop(Duration patience) {
        process.destroy();
        if (ended(patience)) {
            pidFile.delete();
            return true;
        }
        kill();
        return false;
    }

    private boolean ended(Duration within) {
        boolean interrupted = false;
        long end = System.nanoTime() + within.toNanos();
        try {
            while (true) {
                try {
                    return process.waitFor(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true; // a child must not outlive us because somebody was in a hurry
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
