package dev.rollcall.local.demo;

import dev.rollcall.local.client.OrganizationStatus;
import dev.rollcall.local.client.RunStatus;
import dev.rollcall.local.terminal.Bar;
import dev.rollcall.local.terminal.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A look at a run in 80 columns: two organizations a line, each with a bar, and one line for all.
final class Board {

    private static final int NAME = 20;
    private static final int BAR = 8;
    private static final int CELL = NAME + BAR + 10;

    private Board() {}

    /// @param shown the organizations to show, each in a cell
    static List<String> lines(RunStatus run, List<OrganizationStatus> shown, Duration elapsed) {
        var lines = new ArrayList<String>();
        int rows = (shown.size() + 1) / 2;
        for (int row = 0; row < rows; row++) {
            String right = row + rows < shown.size() ? cell(shown.get(row + rows)) : "";
            lines.add(("  " + pad(cell(shown.get(row))) + "  " + right).stripTrailing());
        }
        lines.add("  %s: %s of %s done, %s failed, %s in flight"
                .formatted(
                        Words.seconds(elapsed),
                        Words.count(run.completed()),
                        Words.count(run.total()),
                        Words.count(run.failed()),
                        Words.count(run.processing())));
        return lines;
    }

    private static String cell(OrganizationStatus organization) {
        int percent = (int) organization.percent();
        String failed = organization.failed() == 0 ? "" : organization.failed() + "x";
        return String.format(
                Locale.ROOT,
                "%-" + NAME + "s %s %3d %% %s",
                Words.fit(organization.name(), NAME),
                Bar.of(percent, BAR),
                percent,
                failed);
    }

    private static String pad(String text) {
        return text + " ".repeat(Math.max(0, CELL - text.length()));
    }
}
