package dev.rollcall.lab.witness;

import java.util.List;

/// What the postcheck said of a run, beside a recount.
///
/// @param expected prompts, as the postcheck says
/// @param covered prompts that ran on every provider, as the postcheck says
/// @param prompts all of the run, by the ledger's rows
/// @param recounted the prompts whose every provider gave an answer that counts, by the simulator's log
public record Coverage(
        String run, long expected, long covered, long prompts, long recounted, List<String> differences) {}
