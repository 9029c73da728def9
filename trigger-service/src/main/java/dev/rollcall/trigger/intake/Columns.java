package dev.rollcall.trigger.intake;

import dev.rollcall.ledger.Storable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Judges the names of a batch's columns.
final class Columns {
    private Columns() {}

    /// @param where they are named
    /// @param max how many there may be
    /// @return the same
    /// @throws io.quarkiverse.resteasy.problem.HttpProblem (400) naming the wrong one, (422) when they are too many
    static List<String> require(List<String> names, String where, int max) {
        if (names.size() > max) {
            throw Refusal.many(
                    "%s names %d columns; rollcall.batch.max-columns is %d".formatted(where, names.size(), max));
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.isBlank()) {
                throw Refusal.wrongRow(where, "column %d has no name".formatted(i + 1));
            }
            if (!Storable.isText(name)) {
                throw Refusal.wrongRow(where, "the name of column %d cannot be stored".formatted(i + 1));
            }
            if (!seen.add(name)) {
                throw Refusal.wrongRow(where, "column \"%s\" is there twice".formatted(name));
            }
        }
        return List.copyOf(names);
    }
}
