package dev.rollcall.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A process's memory as Linux counts it.
public final class Memory {

    private static final String RESIDENT = "VmRSS:";

    private Memory() {}

    /// What of it is resident now, in MB of 1,000,000 bytes.
    ///
    /// @throws UncheckedIOException if there is no such process, or no `/proc`
    public static double of(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith(RESIDENT))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024 / 1e6)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException("the memory of process %d is not known".formatted(pid), e);
        }
    }
}
