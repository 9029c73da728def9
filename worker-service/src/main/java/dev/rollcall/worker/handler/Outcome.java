package dev.rollcall.worker.handler;

import java.time.Duration;

/// How a run ended, and so what the ledger does next. A reason is a short stable code (`http_500`, `timeout`,
/// `rate_limited`), a detail is for people: it never holds a key, and both can be stored by PostgreSQL.
public sealed interface Outcome {
    Call call();

    /// The outcome's name in the ledger (`attempt.outcome`).
    String code();

    /// It is done.
    ///
    /// @param output what came of it, storable; a prompt's answer is never blank
    record Succeeded(String output, Call call) implements Outcome {
        @Override
        public String code() {
            return "succeeded";
        }
    }

    /// It may go better another time; the attempt is spent.
    ///
    /// @param atLeast how long the other side asked to be left alone (a 503's Retry-After), zero when it did not
    ///     say
    record Retry(String reason, String detail, Duration atLeast, Call call) implements Outcome {
        @Override
        public String code() {
            return "retry";
        }
    }

    /// Nothing is wrong with the task, it is only not its time; the attempt is not spent.
    ///
    /// @param after how long to wait; zero when this worker cannot, but another could
    record NotYet(Duration after, String reason, String detail, Call call) implements Outcome {
        @Override
        public String code() {
            return "not_yet";
        }
    }

    /// Asking again would only fail again.
    record Failed(String reason, String detail, Call call) implements Outcome {
        @Override
        public String code() {
            return "failed";
        }
    }

    /// The thread was interrupted before there was an answer. Without a cancellation in the ledger it is only handed
    /// back, at no cost.
    record Aborted(String detail, Call call) implements Outcome {
        @Override
        public String code() {
            return "not_yet";
        }
    }

    /// It was aborted because the ledger says that it is cancelled.
    record Cancelled(String detail, Call call) implements Outcome {
        @Override
        public String code() {
            return "cancelled";
        }
    }
}
