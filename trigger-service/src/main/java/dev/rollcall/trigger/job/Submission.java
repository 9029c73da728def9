package dev.rollcall.trigger.job;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import dev.rollcall.trigger.job.Submissions.Submitted;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// One request on its way to its answer. Used by one thread at a time: see [Desks].
final class Submission {
    static final Comparator<Submission> BY_KEY = comparing(Submission::key, nullsFirst(naturalOrder()));

    private static final byte[] NOT_ASKED = {};

    private final String organization;
    private final JobRequest request;
    private final byte[] hash;
    private @Nullable Submitted submitted;
    private @Nullable RuntimeException failure;

    Submission(String organization, JobRequest request) {
        this.organization = organization;
        this.request = request;
        this.hash = request.idempotencyKey() == null ? NOT_ASKED : JobJson.hash(request.asked());
    }

    String organization() {
        return organization;
    }

    JobRequest request() {
        return request;
    }

    @Nullable
    String key() {
        return request.idempotencyKey();
    }

    /// @return the job that was made of this request before
    Optional<Long> before(Handle tx) {
        String key = key();
        return key == null ? Optional.empty() : AcceptedKeys.take(tx, organization, key, hash);
    }

    /// Writes down what goes with the job.
    void accepted(Handle tx, long job) {
        String webhook = request.webhook();
        if (webhook != null) {
            Hooks.add(tx, job, webhook);
        }
        String key = key();
        if (key != null) {
            AcceptedKeys.remember(tx, organization, key, hash, job);
        }
    }

    void succeeded(Submitted result) {
        submitted = result;
    }

    void failed(RuntimeException reason) {
        failure = reason;
    }

    boolean isAnswered() {
        return submitted != null || failure != null;
    }

    Submitted answer() {
        if (failure != null) {
            throw failure;
        }
        return Objects.requireNonNull(submitted, "whoever served it broke off");
    }
}
