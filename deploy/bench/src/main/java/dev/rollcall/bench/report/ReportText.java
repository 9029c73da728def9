package dev.rollcall.bench.report;

import dev.rollcall.local.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A report for people.
public final class ReportText {

    private ReportText() {}

    public static List<String> of(Report report) {
        var lines = new ArrayList<String>();
        lines.add("Rollcall benchmark, %s, %s".formatted(report.effort(), report.begunAt()));
        told(lines, report.machine());
        told(lines, report.versions());
        told(lines, report.settings());
        report.sections().forEach(section -> lines.addAll(of(section)));
        return lines;
    }

    public static List<String> of(Section section) {
        var lines = new ArrayList<String>(List.of("", section.id() + "  " + section.title()));
        if (!section.rows().isEmpty()) {
            var table = new Table(section.headings().toArray(String[]::new));
            section.rows()
                    .forEach(row -> table.row(row.stream().map(ReportText::cell).toArray()));
            table.lines().forEach(line -> lines.add("  " + line));
        }
        section.aims()
                .forEach(aim -> lines.add("  %s: %s, aim %s".formatted(aim.verdict(), aim.shown(), aim.wanted())));
        section.notes().forEach(note -> lines.add("  " + note));
        told(lines, section.settings());
        return lines;
    }

    /// A figure below ten is as precise as the aim beside it.
    private static @Nullable Object cell(@Nullable Object cell) {
        return cell instanceof Double figure && figure < 10 ? Aim.number(figure) : cell;
    }

    private static void told(List<String> lines, Map<String, String> facts) {
        facts.forEach((name, fact) -> lines.add("  %s: %s".formatted(name, fact)));
    }
}
