package dev.rollcall.lab.witness;

/// What a record on `rollcall.results` says of the end of a claim.
///
/// @param state the task's, in the ledger's words
public record Announced(Claim claim, String state) {}
