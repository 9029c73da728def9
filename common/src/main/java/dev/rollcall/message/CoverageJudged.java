package dev.rollcall.message;

import java.math.BigDecimal;

/// "The postcheck has judged this run."
///
/// @param health `HEALTHY` or `NEEDS_ATTENTION`
/// @param promptPercent covered prompts of the frozen set, 0 to 100, rounded down
/// @param organizationPercent covered organizations, 0 to 100, rounded down
public record CoverageJudged(
        String runKey, String health, BigDecimal promptPercent, BigDecimal organizationPercent, int missingPrompts)
        implements Event {
    public static final String TYPE = "dev.rollcall.coverage.judged.v1";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String key() {
        return runKey;
    }
}
