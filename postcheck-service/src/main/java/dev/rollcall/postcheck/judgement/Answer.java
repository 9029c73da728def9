package dev.rollcall.postcheck.judgement;

import dev.rollcall.postcheck.repair.RepairReport;

/// The answer of `POST /api/postcheck`.
///
/// @param announced whether the broker has the verdict; the history has it in any case
public record Answer(
        PromptCoverage promptCoverage,
        OrgCoverage orgCoverage,
        Summary summary,
        RepairReport repair,
        boolean announced) {
    static Answer of(Judgement judgement, boolean announced) {
        return new Answer(
                judgement.promptCoverage(),
                judgement.orgCoverage(),
                judgement.summary(),
                judgement.repair(),
                announced);
    }
}
