package dev.rollcall.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A process's memory as Linux counts it, in MiB.
///
/// @param resident what of it is in memory (`VmRSS`)
/// @param peak the most it ever was (`VmHWM`)
public record Memory(double resident, double peak) {

    /// @throws UncheckedIOException if there is no such process, or no `/proc`
    public static Memory of(long pid) {
        try {
            double resident = 0;
            double peak = 0;
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                if (line.startsWith("VmRSS:")) {
                    resident = mebibytes(line);
                } else if (line.startsWith("VmHWM:")) {
                    peak = mebibytes(line);
                }
            }
            return new Memory(resident, peak);
        } catch (IOException e) {
            throw new UncheckedIOException("the memory of process %d is not known".formatted(pid), e);
        }
    }

    private static double mebibytes(String line) {
        return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024;
    }
}
