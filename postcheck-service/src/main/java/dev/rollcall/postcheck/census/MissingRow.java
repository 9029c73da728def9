package dev.rollcall.postcheck.census;

import dev.rollcall.ledger.TaskState;
import dev.rollcall.postcheck.coverage.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One row of the lists of what is missing: a prompt on a provider.
public record MissingRow(
        String organization,
        String organizationName,
        String prompt,
        String text,
        @Nullable String provider,
        boolean planned,
        @Nullable String state,
        @Nullable String code,
        int attempts,
        @Nullable Integer httpStatus,
        @Nullable String detail,
        @Nullable Instant lastAttemptAt) {

    /// The rows as people read them, in the rows' order: by organization, then by prompt.
    static Map<String, List<MissingPrompt>> byOrganization(List<MissingRow> rows) {
        Map<String, Map<String, List<MissingRow>>> grouped = new LinkedHashMap<>();
        for (MissingRow row : rows) {
            grouped.computeIfAbsent(row.organization, _ -> new LinkedHashMap<>())
                    .computeIfAbsent(row.prompt, _ -> new ArrayList<>())
                    .add(row);
        }
        Map<String, List<MissingPrompt>> missing = new LinkedHashMap<>();
        grouped.forEach((organization, prompts) -> missing.put(
                organization, prompts.values().stream().map(MissingRow::prompt).toList()));
        return missing;
    }

    private static MissingPrompt prompt(List<MissingRow> rows) {
        MissingRow first = rows.getFirst();
        List<Gap> gaps = rows.stream().flatMap(row -> row.gap().stream()).toList();
        return new MissingPrompt(first.prompt, first.text, first.organizationName, gaps);
    }

    private List<Gap> gap() {
        if (provider == null) {
            return List.of();
        }
        Reason reason = planned ? Reason.of(state == null ? null : TaskState.of(state), attempts) : Reason.NO_RUN;
        return List.of(new Gap(provider, state, reason, code, attempts, httpStatus, detail, lastAttemptAt));
    }
}
