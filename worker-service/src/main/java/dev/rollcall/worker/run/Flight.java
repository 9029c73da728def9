package dev.rollcall.worker.run;

import dev.rollcall.worker.claim.Claimed;
import dev.rollcall.worker.handler.Outcome;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/// A claim that is being run, on a thread of its own.
final class Flight {
    private final Claimed claimed;
    private final Thread thread;
    private boolean aborted;
    private boolean cancelled;

    Flight(Claimed claimed, ThreadFactory threads, Consumer<Flight> run) {
        this.claimed = claimed;
        this.thread = threads.newThread(() -> run.accept(this));
    }

    Claimed claimed() {
        return claimed;
    }

    void start() {
        thread.start();
    }

    /// What has no answer yet is handed back, at no cost.
    synchronized void abort() {
        // once: a handler that is putting things in order must not be disturbed again
        if (!aborted) {
            aborted = true;
            thread.interrupt();
        }
    }

    /// What has no answer yet is cancelled.
    synchronized void cancel() {
        cancelled = true;
        abort();
    }

    synchronized boolean aborted() {
        return aborted;
    }

    /// What the run's outcome comes to: an answer is what it is, even where nobody wants it any more.
    synchronized Outcome settled(Outcome outcome) {
        return cancelled && outcome instanceof Outcome.Aborted a
                ? new Outcome.Cancelled(a.detail(), a.call())
                : outcome;
    }
}
