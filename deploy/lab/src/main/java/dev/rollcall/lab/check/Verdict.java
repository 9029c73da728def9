package dev.rollcall.lab.check;

import java.util.List;

/// What became of one invariant in one trial.
///
/// @param looked whether there was anything to judge by
public record Verdict(String invariant, String sentence, boolean looked, List<Violation> violations) {

    public boolean holds() {
        return violations.isEmpty();
    }

    /// One word for the table.
    public String word() {
        return looked ? holds() ? "ok" : "BROKEN" : "-";
    }
}
