package dev.rollcall.bench.figures;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What the machine could do if nothing cost CPU but the steps that the work is composed of, each as measured alone:
/// `cores / sum of the CPU per step`.
///
/// @param cores what all processes together may use
public record ComposedBound(int cores, List<Step> steps) {

    /// @param cpuSeconds of all processes, for one task
    public record Step(String name, double cpuSeconds) {}

    public ComposedBound {
        if (cores < 1 || steps.isEmpty() || steps.stream().anyMatch(step -> step.cpuSeconds() <= 0)) {
            throw new IllegalArgumentException("no bound from %d cores and %s".formatted(cores, steps));
        }
        steps = List.copyOf(steps);
    }

    public double tasksPerSecond() {
        return cores / steps.stream().mapToDouble(Step::cpuSeconds).sum();
    }

    /// The steps in microseconds of CPU, for people.
    public String told() {
        return steps.stream()
                .map(step -> "%s %s µs".formatted(step.name(), format(step.cpuSeconds() * 1e6)))
                .collect(Collectors.joining(", "));
    }

    private static String format(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
