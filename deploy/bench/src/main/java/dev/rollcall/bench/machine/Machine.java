package dev.rollcall.bench.machine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The machine a run was measured on.
public final class Machine {

    private Machine() {}

    public static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    /// What to print beside every figure.
    public static Map<String, String> told() {
        var told = new LinkedHashMap<String, String>();
        told.put("processor", first("/proc/cpuinfo", "model name"));
        told.put("cores", Integer.toString(cores()));
        told.put("memory", first("/proc/meminfo", "MemTotal"));
        told.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        told.put("java", System.getProperty("java.vendor.version", "") + " " + Runtime.version());
        told.put("load before", "%.2f".formatted(load()));
        return told;
    }

    /// The load average of the last minute: what others do on this machine.
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String first(String file, String field) {
        try {
            List<String> lines = Files.exists(Path.of(file)) ? Files.readAllLines(Path.of(file)) : List.of();
            return lines.stream()
                    .filter(line -> line.startsWith(field))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown: " + e.getMessage();
        }
    }
}
