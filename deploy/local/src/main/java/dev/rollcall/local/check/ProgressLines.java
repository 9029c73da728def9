package dev.rollcall.local.check;

import dev.rollcall.local.client.OrganizationStatus;
import dev.rollcall.local.client.Progress;
import dev.rollcall.local.client.RunStatus;
import dev.rollcall.local.terminal.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The lines of one look at a run: the run itself, then its organizations, aligned. A system with more organizations
/// than [#FEW] gets a line only for those that changed since the last look, and a count of the others.
public final class ProgressLines {

    static final int FEW = 60;

    private static final int WIDEST_NAME = 32;
    private static final String FORM = "  %-" + WIDEST_NAME + "s  %-10s %8s  %9s  %6s  %9s  %s";

    private final Map<String, OrganizationStatus> before = new HashMap<>();
    private final boolean onlyChanges;

    public ProgressLines() {
        this(false);
    }

    /// @param onlyChanges leaves out unchanged organizations in small systems too
    public ProgressLines(boolean onlyChanges) {
        this.onlyChanges = onlyChanges;
    }

    public List<String> next(RunStatus run, Instant now) {
        var organizations = run.organizationsOrNone();
        var shown = organizations;
        if (onlyChanges || organizations.size() > FEW) {
            shown = organizations.stream().filter(this::changed).toList();
        }
        organizations.forEach(organization -> before.put(organization.id(), organization));
        var lines = new ArrayList<String>();
        lines.add(heading());
        shown.forEach(organization -> lines.add(line(organization.name(), organization, now)));
        int unchanged = organizations.size() - shown.size();
        if (unchanged > 0) {
            lines.add("  (%s without news)".formatted(Words.counted(unchanged, "organization", "organizations")));
        }
        lines.add(line("all of " + run.key(), run, now));
        return lines;
    }

    private boolean changed(OrganizationStatus now) {
        var then = before.get(now.id());
        return then == null
                ? now.completed() + now.failed() + now.cancelled() > 0
                : then.remaining() != now.remaining() || then.failed() != now.failed();
    }

    private static String heading() {
        return format("organization", "status", "percent", "completed", "failed", "remaining", "last ping");
    }

    private static String line(String name, Progress progress, Instant now) {
        return format(
                Words.fit(name, WIDEST_NAME),
                progress.status(),
                Words.percent(progress.percent()),
                Words.count(progress.completed()),
                Words.count(progress.failed()),
                Words.count(progress.remaining()),
                Words.ago(progress.lastHeartbeat(), now));
    }

    private static String format(Object... columns) {
        return String.format(Locale.ROOT, FORM, columns);
    }
}
