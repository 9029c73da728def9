package dev.rollcall.local.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.local.client.Job;
import dev.rollcall.local.terminal.Words;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A job in words.
final class JobLines {

    private JobLines() {}

    static List<String> of(Job job) {
        var lines = new ArrayList<String>();
        lines.add("job           %s, %s".formatted(job.jobId(), job.type()));
        add(lines, "organization", job.organization());
        add(lines, "queue", job.queue());
        String note = job.note() == null ? "" : ", " + job.note();
        add(lines, "status", job.status() + ", " + Words.percent(job.percent()) + note);
        add(lines, "attempts", "%d of %d".formatted(job.attempts(), job.maxRetries() + 1));
        add(lines, "priority", Integer.toString(job.priority()));
        add(lines, "created", Words.when(job.createdAt()));
        add(lines, "not before", job.notBefore() == null ? null : Words.when(job.notBefore()));
        add(lines, "payload", text(job.payload()));
        add(lines, "output", text(job.output()));
        add(lines, "error", job.error() == null ? null : job.error().inWords());
        return lines;
    }

    private static void add(List<String> lines, String what, @Nullable String value) {
        if (value != null) {
            lines.add("%-13s %s".formatted(what, value));
        }
    }

    private static @Nullable String text(@Nullable JsonNode json) {
        return json == null || json.isNull() ? null : json.toString();
    }
}
