package dev.rollcall.local.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The postcheck's judgement of one run.
public record Coverage(
        @JsonProperty(required = true) Prompts promptCoverage,
        @JsonProperty(required = true) Organizations orgCoverage,
        @JsonProperty(required = true) Summary summary) {

    /// @param missingPromptsByOrg what is missing by the organization's id
    public record Prompts(
            int expectedActivePrompts,
            int promptsRunToday,
            double coveragePercent,
            int missingPromptsCount,
            @Nullable Map<String, List<MissingPrompt>> missingPromptsByOrg) {}

    public record Organizations(int expected, int found, int missing) {}

    /// @param overallHealth `HEALTHY` or `NEEDS_ATTENTION`
    public record Summary(String overallHealth, double promptCoveragePercent, double orgCoveragePercent) {}

    /// A prompt that did not succeed on every provider.
    ///
    /// @param reasons one for each provider it is missing on
    public record MissingPrompt(
            String id,
            String text,
            @JsonProperty("org_name") String organization,
            @Nullable List<Gap> reasons) {

        public List<Gap> gaps() {
            return reasons == null ? List.of() : reasons;
        }
    }

    /// One provider on which a prompt is missing.
    ///
    /// @param reason one of a closed list, such as `FAILED`
    /// @param code the task's own short reason
    /// @param detail the last error in words
    public record Gap(
            String provider,
            String reason,
            @Nullable String code,
            int attempts,
            @Nullable Integer httpStatus,
            @Nullable String detail) {}

    public List<MissingPrompt> missing() {
        var byOrganization = promptCoverage.missingPromptsByOrg();
        return byOrganization == null
                ? List.of()
                : byOrganization.values().stream().flatMap(List::stream).toList();
    }

    /// Every expected prompt ran on every provider, in every organization.
    public boolean isComplete() {
        return promptCoverage.missingPromptsCount() == 0
                && promptCoverage.promptsRunToday() >= promptCoverage.expectedActivePrompts()
                && orgCoverage.found() >= orgCoverage.expected();
    }
}
