package dev.rollcall.postcheck.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How much of what was expected is there. A prompt is covered when it succeeded on every provider.
///
/// @param prompts covered of expected
/// @param organizations found of expected
public record Coverage(Share prompts, Share organizations) {
    /// Both shares must reach it, exactly.
    public static final int HEALTHY_PERCENT = 95;

    public static Coverage of(List<Standing> expected) {
        return new Coverage(
                new Share(
                        expected.stream().mapToLong(Standing::covered).sum(),
                        expected.stream().mapToLong(Standing::expected).sum()),
                new Share(expected.stream().filter(Standing::found).count(), expected.size()));
    }

    /// Healthy when both shares reach 95 % and there is no objection. Where nothing was expected there is nothing to
    /// trust either: a night without prompts needs attention.
    ///
    /// @param objection why the numbers can't speak for themselves, such as a run that was never opened
    public Verdict judge(Optional<String> objection) {
        if (objection.isPresent()) {
            return Verdict.attention(objection.get());
        }
        if (prompts.whole() == 0) {
            return Verdict.attention("nothing was expected: no prompt was frozen for this run");
        }
        List<String> reasons = new ArrayList<>();
        complain(reasons, "prompt", prompts);
        complain(reasons, "organization", organizations);
        return reasons.isEmpty() ? Verdict.healthy() : Verdict.attention(String.join("; ", reasons));
    }

    private static void complain(List<String> reasons, String what, Share share) {
        if (!share.reaches(HEALTHY_PERCENT)) {
            reasons.add("%s coverage is below %d %%: %d of %d (%s %%)"
                    .formatted(what, HEALTHY_PERCENT, share.part(), share.whole(), share.percent()));
        }
    }
}
