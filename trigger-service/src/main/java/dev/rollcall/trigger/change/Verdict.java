package dev.rollcall.trigger.change;

import dev.rollcall.ledger.TaskState;

/// Whether an action makes sense for a batch as it stands. Asking for what is so already is no error: a click may come
/// twice.
sealed interface Verdict {
    /// To be done.
    record Act() implements Verdict {}

    /// It is so already.
    record Nothing() implements Verdict {}

    /// It cannot be meant.
    ///
    /// @param why what is wrong and what to do, in words
    record Refused(String why) implements Verdict {}

    static Verdict of(Action action, Standing batch) {
        return switch (action) {
            case CANCEL -> cancel(batch);
            case PAUSE -> pause(batch);
            case RESUME -> resume(batch);
            case RETRY_FAILED -> retryFailed(batch);
        };
    }

    private static Verdict cancel(Standing batch) {
        if (batch.reviving() != null) {
            return new Act();
        }
        if (batch.cancelled()) {
            return new Nothing();
        }
        return batch.finished() ? new Refused("every task of it is final: there is nothing left to cancel") : new Act();
    }

    private static Verdict pause(Standing batch) {
        if (batch.cancelled()) {
            return new Refused("it is cancelled: resume it first");
        }
        if (batch.finished()) {
            return new Refused("every task of it is final: there is nothing left to pause");
        }
        return batch.paused() ? new Nothing() : new Act();
    }

    private static Verdict resume(Standing batch) {
        if (batch.reviving() == TaskState.CANCELLED) {
            return new Nothing();
        }
        if (batch.cancelled() || batch.paused() && !batch.finished()) {
            return new Act();
        }
        return batch.finished()
                ? new Refused("every task of it is final; retry-failed makes due again what failed")
                : new Nothing();
    }

    private static Verdict retryFailed(Standing batch) {
        if (batch.cancelled()) {
            return new Refused("it is cancelled: resume it first");
        }
        return batch.failed() == 0 || batch.reviving() != null ? new Nothing() : new Act();
    }
}
