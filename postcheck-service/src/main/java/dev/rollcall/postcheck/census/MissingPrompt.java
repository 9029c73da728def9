package dev.rollcall.postcheck.census;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// A prompt that is not covered.
///
/// @param text as it was frozen, cut at 500 characters
/// @param reasons one for each provider it is missing on; empty only when there is no run and no active provider
public record MissingPrompt(
        String id, String text, @JsonProperty("org_name") String organizationName, List<Gap> reasons) {
    public MissingPrompt {
        reasons = List.copyOf(reasons);
    }
}
