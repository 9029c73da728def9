package dev.rollcall.trigger.intake;

import com.fasterxml.jackson.annotation.JsonIgnore;

/// What was made of a request.
///
/// @param batchId the batch's number
/// @param tasks rows times providers
/// @param again whether it is the answer to an earlier request under the same key
public record Accepted(
        String batchId, int rows, int tasks, @JsonIgnore boolean again) {}
