package dev.rollcall.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Signals that Java itself can't send. The shell's own `kill` is on every system.
public final class Signal {

    private Signal() {}

    /// @param name `STOP`, `CONT`, `QUIT`, ...
    /// @throws IllegalStateException if there is no such process of ours
    public static void send(long pid, String name) {
        try {
            int status = new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(name, pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("process %d can't be sent %s".formatted(pid, name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending " + name, e);
        }
    }
}
