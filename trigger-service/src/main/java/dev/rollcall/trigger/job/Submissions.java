package dev.rollcall.trigger.job;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.message.BatchNews;
import dev.rollcall.trigger.access.UnknownOrganizationException;
import dev.rollcall.trigger.job.Jobs.Appended;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// Accepts jobs: what was asked before is recognized, what is asked now is checked and appended. All jobs of an
/// organization grow the same few rows, so requests that come while others are being written are written together, in
/// the next transaction; a lone one waits for nobody. None is spoilt by another one's mistake.
@ApplicationScoped
class Submissions {
    private final Jdbi jdbi;
    private final Jobs jobs;
    private final JobTypes types;
    private final JobConfig config;
    private final Event<BatchNews> news;
    private final Desks<Submission> desks = new Desks<>(this::serve);

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

    /// @throws WebApplicationException (4xx) saying what is wrong with the request
    Submitted submit(String organization, JobRequest request) {
        Submission submission = new Submission(organization, request);
        desks.bring(organization, submission);
        return submission.answer();
    }

    private void serve(Collection<Submission> brought) {
        brought.stream().collect(groupingBy(Submission::organization)).forEach((organization, all) -> {
            // what becomes of a key's second request depends on what became of the first
            for (List<Submission> left = all; !left.isEmpty(); left = unanswered(left)) {
                together(organization, firstOfEachKey(left));
            }
        });
    }

    private static List<Submission> unanswered(List<Submission> submissions) {
        return submissions.stream()
                .filter(submission -> !submission.isAnswered())
                .toList();
    }

    private static List<Submission> firstOfEachKey(List<Submission> submissions) {
        Set<@Nullable String> keys = new HashSet<>();
        return submissions.stream()
                .filter(submission -> keys.add(submission.key()) || submission.key() == null)
                .sorted(Submission.BY_KEY) // whoever locks several keys does so in this order
                .toList();
    }

    private void together(String organization, List<Submission> served) {
        try {
            answer(jdbi.inTransaction(tx -> write(tx, organization, served)));
        } catch (UnknownOrganizationException e) {
            unanswered(served).forEach(submission -> submission.failed(e));
        } catch (JdbiException e) {
            if (served.size() == 1 || Ledger.isPassing(e)) {
                served.forEach(submission -> submission.failed(Ledger.isLaneFull(e) ? full(submission) : e));
                return;
            }
            // one of them spoils the transaction: each has its own
            unanswered(served).forEach(submission -> together(organization, List.of(submission)));
        }
    }

    private static HttpProblem full(Submission submission) {
        return HttpProblem.valueOf(
                Status.TOO_MANY_REQUESTS,
                ("the organization has had 16,777,216 jobs of type \"%s\" with this priority and maxRetries today, "
                                + "and there is room for no more; another priority has its own, and so has tomorrow")
                        .formatted(submission.request().type()));
    }

    /// What is written becomes true when the transaction is committed.
    ///
    /// @throws UnknownOrganizationException (404) when there is no such organization
    private Map<Submission, Submitted> write(Handle tx, String organization, List<Submission> asked) {
        Map<Submission, Submitted> results = new HashMap<>();
        List<Submission> accepted = new ArrayList<>();
        List<NewJob> made = new ArrayList<>();
        for (Submission submission : asked) {
            try {
                Optional<Long> before = submission.before(tx);
                if (before.isPresent()) {
                    results.put(submission, new Submitted(before.get(), 0));
                } else {
                    made.add(checked(tx, organization, submission.request()));
                    accepted.add(submission);
                }
            } catch (WebApplicationException e) {
                submission.failed(e);
            }
        }
        if (accepted.isEmpty()) {
            return results;
        }
        List<Appended> appended = jobs.append(tx, organization, made);
        for (int i = 0; i < appended.size(); i++) {
            Appended job = appended.get(i);
            accepted.get(i).accepted(tx, job.job());
            results.put(accepted.get(i), new Submitted(job.job(), job.batch()));
        }
        return results;
    }

    private void answer(Map<Submission, Submitted> results) {
        results.forEach(Submission::succeeded);
        results.values().stream()
                .filter(Submitted::isNew)
                .collect(groupingBy(Submitted::batch, mapping(Submitted::job, toList())))
                .forEach((batch, grown) -> news.fire(new BatchNews(BatchNews.What.OPENED, batch, grown)));
    }

    private NewJob checked(Handle tx, String organization, JobRequest request) {
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
}
