package dev.rollcall.bench.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A run of the benchmark.
public record Report(
        Instant begunAt,
        String effort,
        Map<String, String> machine,
        Map<String, String> versions,
        Map<String, String> settings,
        List<Section> sections) {}
