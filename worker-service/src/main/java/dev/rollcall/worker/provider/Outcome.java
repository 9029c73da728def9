package dev.rollcall.worker.provider;

import java.time.Duration;

/// How a call ended, and so what the ledger does next. A reason is a short stable code (`http_500`, `timeout`,
/// `rate_limited`), a detail is for people: it never holds a key, and both can be stored by PostgreSQL.
public sealed interface Outcome {
    Call call();

    /// The outcome's name in the ledger (`attempt.outcome`).
    String code();

    /// The provider answered.
    ///
    /// @param answer never blank
    record Succeeded(String answer, Call call) implements Outcome {
        @Override
        public String code() {
            return "succeeded";
        }
    }

    /// It may go better another time; the attempt is spent.
    ///
    /// @param atLeast how long the provider asked to be left alone (a 503's Retry-After), zero when it did not say
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
}
