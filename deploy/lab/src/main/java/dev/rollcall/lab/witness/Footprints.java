package dev.rollcall.lab.witness;

import dev.rollcall.lab.LabFailure;
import dev.rollcall.lab.Laboratory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What every service's process holds, as the operating system and its JVM tell.
public final class Footprints {

    private static final Pattern TOTAL = Pattern.compile("Total +\\d+ +(\\d+)");
    private static final Path PROCESSES = Path.of("/proc");

    private final Laboratory lab;
    private final boolean thorough;

    /// @param thorough whether there is time to look at the heap, which stops every process for a moment
    public Footprints(Laboratory lab, boolean thorough) {
        this.lab = lab;
        this.thorough = thorough;
    }

    /// Nothing where there is no `/proc`.
    public List<Footprint> take() {
        var footprints = new ArrayList<Footprint>();
        if (!Files.isDirectory(PROCESSES)) {
            return footprints;
        }
        lab.ways().postgres().forEach((name, way) -> {
            long pid = lab.system().pids().getOrDefault(name, 0L);
            if (lab.system().isAlive(name)) {
                Path process = PROCESSES.resolve(Long.toString(pid));
                footprints.add(new Footprint(
                        name,
                        pid,
                        count(process.resolve("task")),
                        count(process.resolve("fd")),
                        way.connections(),
                        thorough ? heap(pid) : 0));
            }
        });
        return footprints;
    }

    private static long count(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Live objects only: the histogram collects first.
    private static long heap(long pid) {
        try {
            Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
            var process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            var found = TOTAL.matcher(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            process.waitFor();
            return found.find() ? Long.parseLong(found.group(1)) / 1024 : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabFailure("interrupted", e);
        }
    }
}
