package dev.rollcall.postcheck.census;

import dev.rollcall.postcheck.coverage.Standing;
import dev.rollcall.postcheck.coverage.TaskCounts;
import java.util.List;
import java.util.Map;

/// What was expected and how it stands, all of one moment.
///
/// @param organizations every expected one
/// @param missing the missing prompts by organization's id; not more than `rollcall.postcheck.listed`, while
///     `organizations` has the true counts
public record Census(List<Standing> organizations, TaskCounts tasks, Map<String, List<MissingPrompt>> missing) {
    public long listed() {
        return missing.values().stream().mapToLong(List::size).sum();
    }
}
