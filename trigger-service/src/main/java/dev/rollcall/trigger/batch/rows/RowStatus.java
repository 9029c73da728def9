package dev.rollcall.trigger.batch.rows;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How one row is on one provider.
///
/// @param row counted from 0
/// @param reason why it failed or was cancelled, or why its latest attempt did not succeed
/// @param detail the same in words
/// @param attempts claims so far
/// @param cells by the name of the column, in the order of the columns
public record RowStatus(
        int row,
        String provider,
        String state,
        @Nullable String reason,
        @Nullable String detail,
        int attempts,
        Map<String, @Nullable String> cells,
        @JsonIgnore Position position) {}
