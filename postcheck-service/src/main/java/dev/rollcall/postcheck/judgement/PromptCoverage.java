package dev.rollcall.postcheck.judgement;

import dev.rollcall.postcheck.census.Census;
import dev.rollcall.postcheck.census.MissingPrompt;
import dev.rollcall.postcheck.coverage.Share;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/// Which prompts are covered, and which are not.
///
/// @param expectedActivePrompts prompts frozen when the run opened
/// @param promptsRunToday those that succeeded on every provider
/// @param missingPromptsListed how many of the missing are listed; the count is always the true one
public record PromptCoverage(
        long expectedActivePrompts,
        long promptsRunToday,
        BigDecimal coveragePercent,
        long missingPromptsCount,
        long missingPromptsListed,
        Map<String, List<MissingPrompt>> missingPromptsByOrg) {
    static PromptCoverage of(Share prompts, Census census) {
        return new PromptCoverage(
                prompts.whole(), prompts.part(), prompts.percent(), prompts.rest(), census.listed(), census.missing());
    }
}
