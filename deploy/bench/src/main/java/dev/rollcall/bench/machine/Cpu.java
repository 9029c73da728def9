package dev.rollcall.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// CPU seconds that processes have used, from `/proc`. A process counts with its children, also those that have ended,
/// so PostgreSQL is one number however its backends come and go; but not with children that have a name of their own.
///
/// @param seconds by name; empty where there is no `/proc`
public record Cpu(Map<String, Double> seconds) {

    private static final Path PROC = Path.of("/proc");
    /// `sysconf(_SC_CLK_TCK)`: 100 on every Linux that Java runs on.
    private static final double TICKS = 100;

    public Cpu {
        seconds = Map.copyOf(seconds);
    }

    /// What they have used until now.
    ///
    /// @param pids by name
    public static Cpu of(Map<String, Long> pids) {
        Map<Long, Stat> all = stats();
        Map<Long, List<Long>> children = new HashMap<>();
        all.forEach((pid, stat) ->
                children.computeIfAbsent(stat.parent(), p -> new ArrayList<>()).add(pid));
        var seconds = new LinkedHashMap<String, Double>();
        pids.forEach((name, pid) -> {
            if (all.containsKey(pid)) {
                seconds.put(name, ticks(pid, Set.copyOf(pids.values()), all, children) / TICKS);
            }
        });
        return new Cpu(seconds);
    }

    /// What was used since then, by those that lived at both times.
    public Cpu since(Cpu before) {
        var used = new LinkedHashMap<String, Double>();
        seconds.forEach((name, now) -> {
            Double then = before.seconds().get(name);
            if (then != null) {
                used.put(name, now - then);
            }
        });
        return new Cpu(used);
    }

    public double sum() {
        return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static long ticks(long root, Set<Long> named, Map<Long, Stat> all, Map<Long, List<Long>> children) {
        long ticks = 0;
        Deque<Long> left = new ArrayDeque<>(List.of(root));
        while (!left.isEmpty()) {
            long pid = left.remove();
            ticks += Objects.requireNonNull(all.get(pid)).ticks();
            children.getOrDefault(pid, List.of()).stream()
                    .filter(child -> !named.contains(child))
                    .forEach(left::add);
        }
        return ticks;
    }

    private static Map<Long, Stat> stats() {
        if (!Files.isDirectory(PROC)) {
            return Map.of();
        }
        var stats = new HashMap<Long, Stat>();
        try (Stream<Path> processes = Files.list(PROC)) {
            processes
                    .filter(folder ->
                            Character.isDigit(folder.getFileName().toString().charAt(0)))
                    .forEach(folder -> Stat.read(folder, stats));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stats;
    }

    /// @param ticks its own, and those of its children that have ended
    private record Stat(long parent, long ticks) {

        private static void read(Path process, Map<Long, Stat> into) {
            try {
                String line = Files.readString(process.resolve("stat"));
                // the name in parentheses may hold anything
                String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
                long ticks = 0;
                for (int field = 11; field <= 14; field++) {
                    ticks += Long.parseLong(fields[field]);
                }
                into.put(Long.valueOf(process.getFileName().toString()), new Stat(Long.parseLong(fields[1]), ticks));
            } catch (IOException e) {
                return; // it has ended since the folder was listed
            }
        }
    }
}
