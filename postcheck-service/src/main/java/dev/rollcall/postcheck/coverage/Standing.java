package dev.rollcall.postcheck.coverage;

/// How one expected organization stands.
///
/// @param name as it was when the run opened
/// @param expected prompts that were frozen for it
/// @param missing those of them that did not succeed on every provider
public record Standing(String id, String name, long expected, long missing) {
    public Standing {
        if (missing < 0 || missing > expected) {
            throw new IllegalArgumentException("%d of %d prompts of %s missing".formatted(missing, expected, id));
        }
    }

    public long covered() {
        return expected - missing;
    }

    /// An organization is found when at least one of its prompts is covered.
    public boolean found() {
        return covered() > 0;
    }
}
