package dev.rollcall.postcheck.judgement;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rollcall.postcheck.coverage.Health;
import dev.rollcall.postcheck.coverage.TaskCounts;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// The verdict at a glance.
///
/// @param reason why it needs attention; null when healthy
/// @param run the run's number; null when the day has none
/// @param runKey the run's key; without a run the key its day would have had
/// @param expectedHash SHA-256 of the frozen set in hex; null without a run
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Summary(
        Health overallHealth,
        @Nullable String reason,
        BigDecimal promptCoveragePercent,
        BigDecimal orgCoveragePercent,
        @Nullable Long run,
        String runKey,
        LocalDate day,
        Instant judgedAt,
        @Nullable String expectedHash,
        TaskCounts tasks) {}
