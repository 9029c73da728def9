package dev.rollcall.lab.check;

import dev.rollcall.lab.witness.Evidence;
import java.util.stream.Stream;

/// Something that holds whatever happens.
public interface Invariant {

    /// Its number in the specification: `I1`, ...
    String id();

    /// What it says.
    String sentence();

    /// Whether there is anything to judge by: an invariant that saw nothing has not been shown to hold.
    boolean concerns(Evidence evidence);

    /// The evidence against it, in words.
    Stream<String> objections(Evidence evidence);
}
