package dev.rollcall.postcheck.census;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.postcheck.coverage.Reason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MissingRowTest {
    @Test
    void rowsAreGroupedByOrganizationAndPromptInTheirOrder() {
        Map<String, List<MissingPrompt>> missing = MissingRow.byOrganization(List.of(
                row("b", "2", "openai", true, "failed"),
                row("b", "2", "gemini", true, "pending"),
                row("b", "1", "openai", true, "running"),
                row("a", "2", "openai", true, null)));
        assertThat(missing.keySet()).containsExactly("b", "a");
        assertThat(of("b", missing)).extracting(MissingPrompt::id).containsExactly("2", "1");
        assertThat(of("b", missing).getFirst().reasons())
                .extracting(Gap::provider, Gap::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("openai", Reason.FAILED),
                        org.assertj.core.groups.Tuple.tuple("gemini", Reason.WAITING));
        assertThat(of("a", missing).getFirst().reasons())
                .extracting(Gap::reason)
                .containsExactly(Reason.ABSENT);
    }

    @Test
    void withoutARunThatIsTheReason() {
        MissingPrompt prompt = only(row("a", "1", "openai", false, null));
        assertThat(prompt.reasons()).extracting(Gap::reason).containsExactly(Reason.NO_RUN);
    }

    @Test
    void withoutAProviderAPromptIsMissingAllTheSame() {
        assertThat(only(row("a", "1", null, true, null)).reasons()).isEmpty();
    }

    private static MissingPrompt only(MissingRow row) {
        return of("a", MissingRow.byOrganization(List.of(row))).getFirst();
    }

    private static List<MissingPrompt> of(String organization, Map<String, List<MissingPrompt>> missing) {
        return missing.getOrDefault(organization, List.of());
    }

    private static MissingRow row(
            String organization, String prompt, @Nullable String provider, boolean planned, @Nullable String state) {
        return new MissingRow(
                organization, "Name", prompt, "text", provider, planned, state, null, 0, null, null, null);
    }
}
