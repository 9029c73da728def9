package dev.rollcall.worker.handler;

/// Runs one kind of work. A new kind is one class with a scope, found by its type, and a row in the table `handler`.
///
/// A handler may take milliseconds or hours. It runs on a virtual thread of its own; whoever computes for long should
/// do so on threads it owns and wait for them here.
public interface Handler {
    /// What its queue is called in the ledger (`lane.provider`). [Handlers#PROMPT] names the one that serves every
    /// provider.
    String type();

    /// Runs the work once. Trying again is the ledger's business, so nothing here does.
    ///
    /// Interrupting the thread is how a run is aborted, by a cancellation, a drain or a lost lease. It must then
    /// end within a second and leave nothing behind, no connection, process or file; either way will do:
    /// [Outcome.Aborted] with what is known of the call, or the exception. An answer that was there before counts.
    ///
    /// @param work what is to be done
    /// @param progress for whoever watches; need not be used
    /// @return what came of it; what the other side does is an outcome and not an exception
    Outcome handle(Work work, Progress progress) throws InterruptedException;
}
