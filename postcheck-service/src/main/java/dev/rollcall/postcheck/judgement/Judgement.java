package dev.rollcall.postcheck.judgement;

import dev.rollcall.message.CoverageJudged;
import dev.rollcall.postcheck.census.Census;
import dev.rollcall.postcheck.census.JudgedRun;
import dev.rollcall.postcheck.coverage.Coverage;
import dev.rollcall.postcheck.coverage.Verdict;
import dev.rollcall.postcheck.repair.RepairReport;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/// What the postcheck found, before anybody else has heard of it.
public record Judgement(PromptCoverage promptCoverage, OrgCoverage orgCoverage, Summary summary, RepairReport repair) {

    static Judgement of(JudgedRun run, Census census, Instant at, RepairReport repair) {
        Coverage coverage = Coverage.of(census.organizations());
        Verdict verdict = coverage.judge(census.tasks().objection(run.planned()));
        return of(Optional.of(run), run.key(), run.day(), census, coverage, verdict, at, repair);
    }

    /// The verdict on a day without a run: everything that should have run is missing.
    static Judgement ofNoRun(LocalDate day, Census census, Instant at, RepairReport repair) {
        Coverage coverage = Coverage.of(census.organizations());
        Verdict verdict = coverage.judge(Optional.of("no run was opened today"));
        return of(Optional.empty(), "daily:" + day, day, census, coverage, verdict, at, repair);
    }

    private static Judgement of(
            Optional<JudgedRun> run,
            String key,
            LocalDate day,
            Census census,
            Coverage coverage,
            Verdict verdict,
            Instant at,
            RepairReport repair) {
        PromptCoverage prompts = PromptCoverage.of(coverage.prompts(), census);
        OrgCoverage organizations = OrgCoverage.of(coverage.organizations(), census.organizations());
        Summary summary = new Summary(
                verdict.health(),
                verdict.reason(),
                prompts.coveragePercent(),
                organizations.coveragePercent(),
                run.map(JudgedRun::id).orElse(null),
                key,
                day,
                at,
                run.map(JudgedRun::expectedHash).orElse(null),
                census.tasks());
        return new Judgement(prompts, organizations, summary, repair);
    }

    CoverageJudged news() {
        return new CoverageJudged(
                summary.runKey(),
                summary.overallHealth().name(),
                summary.promptCoveragePercent(),
                summary.orgCoveragePercent(),
                Math.toIntExact(promptCoverage.missingPromptsCount()));
    }
}
