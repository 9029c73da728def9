package dev.rollcall.trigger.plan;

import org.jdbi.v3.core.Handle;

/// What whoever asked notes of an opening, in its transaction: what is written is there with the run or not at all,
/// and what is read needs no ledger after the commit.
///
/// @param <T> what is read
@FunctionalInterface
public interface Note<T> {
    T of(Handle handle, Opening opening);
}
