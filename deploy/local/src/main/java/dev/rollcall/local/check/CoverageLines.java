package dev.rollcall.local.check;

import dev.rollcall.local.client.Coverage;
import dev.rollcall.local.client.Coverage.Gap;
import dev.rollcall.local.client.Coverage.MissingPrompt;
import dev.rollcall.local.terminal.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The postcheck's judgement in words: coverage, health, and what is missing with its reasons.
public final class CoverageLines {

    private static final int MOST = 20;
    private static final int WIDEST_TEXT = 100;

    private CoverageLines() {}

    public static List<String> of(Coverage coverage) {
        var lines = new ArrayList<String>();
        var prompts = coverage.promptCoverage();
        var organizations = coverage.orgCoverage();
        lines.add("  health                 " + coverage.summary().overallHealth());
        lines.add("  prompt coverage        %s of %s (%s)"
                .formatted(
                        Words.count(prompts.promptsRunToday()),
                        Words.count(prompts.expectedActivePrompts()),
                        Words.percent(prompts.coveragePercent())));
        lines.add("  organization coverage  %s of %s (%s)"
                .formatted(
                        Words.count(organizations.found()),
                        Words.count(organizations.expected()),
                        Words.percent(coverage.summary().orgCoveragePercent())));
        lines.addAll(missing(coverage));
        return lines;
    }

    private static List<String> missing(Coverage coverage) {
        var lines = new ArrayList<String>();
        int count = coverage.promptCoverage().missingPromptsCount();
        lines.add("  missing                " + Words.counted(count, "prompt", "prompts"));
        List<MissingPrompt> shown = coverage.missing().stream().limit(MOST).toList();
        shown.forEach(prompt -> lines.addAll(lines(prompt)));
        if (count > shown.size()) {
            lines.add("    ... and %s more".formatted(Words.count(count - shown.size())));
        }
        return lines;
    }

    private static List<String> lines(MissingPrompt prompt) {
        var lines = new ArrayList<String>();
        lines.add("    %s, prompt %s".formatted(prompt.organization(), prompt.id()));
        lines.add("      \"%s\"".formatted(Words.fit(prompt.text(), WIDEST_TEXT)));
        int widest = prompt.gaps().stream()
                .mapToInt(gap -> gap.provider().length())
                .max()
                .orElse(0);
        prompt.gaps().forEach(gap -> lines.add("      " + pad(gap.provider(), widest) + "  " + why(gap)));
        return lines;
    }

    private static String why(Gap gap) {
        var why = new StringBuilder(gap.reason().toLowerCase(Locale.ROOT).replace('_', ' '));
        if (gap.code() != null) {
            why.append(", ").append(gap.code());
        }
        why.append(", after ").append(Words.counted(gap.attempts(), "attempt", "attempts"));
        if (gap.detail() != null) {
            why.append(": ").append(gap.detail().lines().findFirst().orElse(""));
        }
        return Words.fit(why.toString(), WIDEST_TEXT);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
