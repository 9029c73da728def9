package dev.rollcall.trigger.job;

import dev.rollcall.ledger.TaskId;
import dev.rollcall.message.BatchNews;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.NotFoundException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Accepts jobs: what was asked before is recognized, what is asked now is checked and appended, in one transaction.
@ApplicationScoped
class Submissions {
    private final Jdbi jdbi;
    private final Jobs jobs;
    private final JobTypes types;
    private final JobConfig config;
    private final Event<BatchNews> news;

    Submissions(Jdbi jdbi, Jobs jobs, JobTypes types, JobConfig config, Event<BatchNews> news) {
        this.jdbi = jdbi;
        this.jobs = jobs;
        this.types = types;
        this.config = config;
        this.news = news;
    }

    /// What came of a request.
    ///
    /// @param batch the batch that has grown, 0 when the job was there before
    record Submitted(long job, long batch) {
        boolean isNew() {
            return batch != 0;
        }
    }

    /// @throws jakarta.ws.rs.WebApplicationException (4xx) saying what is wrong with the request
    Submitted submit(String organization, JobRequest request) {
        Submitted submitted = jdbi.inTransaction(tx -> submit(tx, organization, request));
        if (submitted.isNew()) {
            news.fire(new BatchNews(BatchNews.What.OPENED, submitted.batch(), List.of(submitted.job())));
        }
        return submitted;
    }

    private Submitted submit(Handle tx, String organization, JobRequest request) {
        byte[] hash = JobJson.hash(request.asked());
        String key = request.idempotencyKey();
        Optional<Long> before = key == null ? Optional.empty() : AcceptedKeys.take(tx, organization, key, hash);
        if (before.isPresent()) {
            return new Submitted(before.get(), 0);
        }
        long job = jobs.append(tx, organization, List.of(checked(tx, organization, request)))
                .getFirst();
        if (request.webhook() != null) {
            Hooks.add(tx, job, request.webhook());
        }
        if (key != null) {
            AcceptedKeys.remember(tx, organization, key, hash, job);
        }
        return new Submitted(job, batch(tx, job));
    }

    private NewJob checked(Handle tx, String organization, JobRequest request) {
        requireOrganization(tx, organization);
        JobType type = types.submitted(request.type());
        String queue = type.queue(new Fields("payload", request.payload()), tx, organization);
        if (request.webhook() != null) {
            SigningSecrets.require(tx, organization);
        }
        NewJob job = request.in(queue);
        long max = config.maxPayload().asLongValue();
        if (job.payloadBytes() > max) {
            throw JobJson.tooLarge("payload", max);
        }
        return job;
    }

    private static void requireOrganization(Handle tx, String organization) {
        if (!tx.createQuery("select exists (select from organization where id = :organization)")
                .bind("organization", organization)
                .mapTo(Boolean.class)
                .one()) {
            throw new NotFoundException("no organization \"%s\"".formatted(organization));
        }
    }

    private static long batch(Handle tx, long job) {
        return tx.createQuery("select batch from lane where id = :lane")
                .bind("lane", new TaskId(job).lane())
                .mapTo(Long.class)
                .one();
    }
}
