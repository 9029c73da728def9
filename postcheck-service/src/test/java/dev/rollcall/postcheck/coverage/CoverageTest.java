package dev.rollcall.postcheck.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final Optional<String> NO_OBJECTION = Optional.empty();

    @Test
    void everythingCoveredIsHealthy() {
        Coverage coverage = Coverage.of(List.of(standing(10, 0), standing(3, 0)));
        assertThat(coverage).isEqualTo(new Coverage(new Share(13, 13), new Share(2, 2)));
        assertThat(coverage.judge(NO_OBJECTION)).isEqualTo(new Verdict(Health.HEALTHY, null));
    }

    @Test
    void exactlyNinetyFivePercentIsHealthy() {
        assertThat(judge(new Share(95, 100), new Share(19, 20)).health()).isEqualTo(Health.HEALTHY);
    }

    @Test
    void aHairBelowNinetyFivePercentIsNot() {
        Verdict verdict = judge(new Share(94_999, 100_000), new Share(1, 1));
        assertThat(verdict.health()).isEqualTo(Health.NEEDS_ATTENTION);
        assertThat(verdict.reason()).isEqualTo("prompt coverage is below 95 %: 94999 of 100000 (94.99 %)");
    }

    @Test
    void bothSharesMustReachIt() {
        Verdict organizations = judge(new Share(100, 100), new Share(94, 100));
        assertThat(organizations.health()).isEqualTo(Health.NEEDS_ATTENTION);
        assertThat(organizations.reason()).isEqualTo("organization coverage is below 95 %: 94 of 100 (94.00 %)");
        assertThat(judge(new Share(1, 100), new Share(1, 100)).reason())
                .contains("prompt coverage")
                .contains("; organization coverage");
    }

    @Test
    void anOrganizationIsFoundWithASingleCoveredPrompt() {
        assertThat(standing(1000, 999).found()).isTrue();
        assertThat(standing(1000, 1000).found()).isFalse();
        assertThat(standing(0, 0).found()).isFalse();
    }

    @Test
    void oneEmptyOrganizationOfTwentyIsStillHealthyWhenFewPromptsAreMissing() {
        List<Standing> twenty = new java.util.ArrayList<>(Collections.nCopies(19, standing(10, 0)));
        twenty.add(standing(10, 10));
        assertThat(Coverage.of(twenty).judge(NO_OBJECTION).health()).isEqualTo(Health.HEALTHY);
        twenty.set(0, standing(10, 1));
        assertThat(Coverage.of(twenty).judge(NO_OBJECTION).health()).isEqualTo(Health.NEEDS_ATTENTION);
    }

    @Test
    void nothingExpectedNeedsAttention() {
        assertThat(Coverage.of(List.of()).judge(NO_OBJECTION).reason()).startsWith("nothing was expected");
    }

    @Test
    void anObjectionOutweighsGoodNumbers() {
        Verdict verdict = new Coverage(new Share(1, 1), new Share(1, 1)).judge(Optional.of("no run was opened today"));
        assertThat(verdict).isEqualTo(new Verdict(Health.NEEDS_ATTENTION, "no run was opened today"));
    }

    @Test
    void aVerdictGivesAReasonExactlyWhenItNeedsAttention() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Verdict(Health.HEALTHY, "because"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Verdict(Health.NEEDS_ATTENTION, null));
    }

    private static Verdict judge(Share prompts, Share organizations) {
        return new Coverage(prompts, organizations).judge(NO_OBJECTION);
    }

    private static Standing standing(long expected, long missing) {
        return new Standing("acme", "Acme", expected, missing);
    }
}
