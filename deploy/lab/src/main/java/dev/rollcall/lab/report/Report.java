package dev.rollcall.lab.report;

import dev.rollcall.lab.check.Checker;
import dev.rollcall.lab.check.Invariant;
import dev.rollcall.lab.check.Verdict;
import dev.rollcall.local.terminal.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The table at the end: one line a fault.
public final class Report {

    private static final int SHOWN = 5;
    private static final List<String> FACTS = List.of(
            "fault", "tasks", "ok", "failed", "cancelled", "calls", "extra", "lost", "twice", "recovery", "took");

    private Report() {}

    public static List<String> lines(List<Result> results) {
        var headings = Stream.concat(FACTS.stream(), Checker.ALL.stream().map(Invariant::id))
                .toArray(String[]::new);
        var table = new Table(headings);
        for (Result result : results) {
            var cells = new ArrayList<@Nullable Object>();
            cells.addAll(List.of(
                    result.fault().name(),
                    result.tasks(),
                    result.succeeded(),
                    result.failed(),
                    result.cancelled(),
                    result.calls(),
                    result.extra(),
                    result.lost(),
                    result.duplicates()));
            cells.add(seconds(result.recovery()));
            cells.add(seconds(result.took()));
            Checker.ALL.forEach(invariant -> cells.add(word(result, invariant)));
            table.row(cells.toArray());
        }
        return table.lines();
    }

    /// What was broken, with the first pieces of evidence of each invariant.
    public static List<String> violations(Result result) {
        var lines = new ArrayList<String>();
        if (result.trouble() != null) {
            lines.add("%s shows nothing: %s".formatted(result.fault(), result.trouble()));
        }
        for (Verdict verdict : result.verdicts()) {
            if (verdict.holds()) {
                continue;
            }
            lines.add("%s breaks %s: %s (%d times)"
                    .formatted(
                            result.fault(),
                            verdict.invariant(),
                            verdict.sentence(),
                            verdict.violations().size()));
            verdict.violations().stream().limit(SHOWN).forEach(one -> lines.add("    " + one.evidence()));
        }
        return lines;
    }

    private static String word(Result result, Invariant invariant) {
        return result.verdicts().stream()
                .filter(verdict -> verdict.invariant().equals(invariant.id()))
                .map(Verdict::word)
                .findFirst()
                .orElse("?");
    }

    private static @Nullable String seconds(@Nullable Duration time) {
        return time == null ? null : "%.1f s".formatted(time.toMillis() / 1000.0);
    }
}
