package dev.rollcall.e2e.interleaving;

import static dev.rollcall.e2e.interleaving.Actor.step;
import static dev.rollcall.ledger.TaskState.CANCELLED;
import static dev.rollcall.ledger.TaskState.PENDING;
import static dev.rollcall.ledger.TaskState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.e2e.interleaving.Actor.Step;
import dev.rollcall.ledger.TaskState;
import dev.rollcall.reconciler.silence.SilenceStatements;
import dev.rollcall.testing.BatchRow;
import dev.rollcall.trigger.change.ChangeStatements;
import dev.rollcall.worker.claim.ClaimStatements;
import dev.rollcall.worker.claim.Claimed;
import dev.rollcall.worker.finish.EndStatements;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two workers, the reconciler and somebody who cancels and resumes, on one task: every order of their transactions,
/// done by the services' own statements in their own roles. Orders that lead to the same ledger are gone on with once.
///
/// Statements that overlap in time are not tried here: row locks make them one of these orders, which the tests of
/// races show.
class InterleavingsTest {
    private final Ground ground;
    private final Map<Long, List<Claimed>> claimed = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final List<String> path = new ArrayList<>();

    InterleavingsTest() throws SQLException {
        ground = new Ground();
    }

    @AfterEach
    void end() throws SQLException {
        ground.close();
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED, SUCCEEDED",
        "PENDING, SUCCEEDED",
        "CANCELLED, SUCCEEDED",
        "PENDING, PENDING",
        "CANCELLED, CANCELLED",
        "CANCELLED, PENDING",
    })
    void everyOrderKeepsThePromises(TaskState first, TaskState second) throws SQLException {
        int orders = explore(List.of(
                worker(Ground.FIRST_WORKER, first),
                worker(Ground.SECOND_WORKER, second),
                reconciler(Ground.FIRST_WORKER),
                new Actor("caller", List.of(cancelAsked(), cancelCarriedOut(), resumeAsked(), resumeCarriedOut()))));
        assertThat(orders).as("different ledgers").isGreaterThan(300);
    }

    @Test
    void whatIsCancelledAndNotResumedEndsSo() throws SQLException {
        explore(List.of(
                worker(Ground.FIRST_WORKER, PENDING),
                worker(Ground.SECOND_WORKER, CANCELLED),
                reconciler(Ground.FIRST_WORKER),
                new Actor("caller", List.of(cancelAsked(), cancelCarriedOut()))));
    }

    private Actor worker(long id, TaskState end) {
        return new Actor(
                "worker " + id,
                List.of(
                        step("claims", () -> ground.as("rollcall_worker", () -> claimed.put(id, claim(id)))),
                        step(
                                "ends " + end.code(),
                                () -> ground.as("rollcall_worker", () -> claimed.getOrDefault(id, List.of())
                                        .forEach(task -> EndStatements.end(ground.ledger, task, end))))));
    }

    private List<Claimed> claim(long worker) {
        return ClaimStatements.claim(ground.ledger, worker, BatchRow.DAY, Ground.QUEUE, ground.task);
    }

    private Actor reconciler(long silent) {
        return new Actor(
                "reconciler",
                List.of(
                        step(
                                "takes back",
                                () -> ground.as(
                                        "rollcall_reconciler",
                                        () -> ground.ledger.useTransaction(
                                                tx -> SilenceStatements.declareDead(tx, silent)))),
                        step(
                                "forgets",
                                () -> ground.as(
                                        "rollcall_reconciler",
                                        () -> ground.ledger.useHandle(SilenceStatements::forget)))));
    }

    private Step cancelAsked() {
        return step(
                "asks to cancel",
                () -> ground.as(
                        "rollcall_trigger",
                        () -> ground.ledger.useHandle(tx -> ChangeStatements.askCancel(tx, ground.batch))));
    }

    private Step cancelCarriedOut() {
        return step(
                "cancels",
                () -> ground.as("rollcall_trigger", () -> ChangeStatements.cancelPending(ground.ledger, ground.batch)));
    }

    private Step resumeAsked() {
        return step(
                "asks to resume",
                () -> ground.as(
                        "rollcall_trigger",
                        () -> ground.ledger.useHandle(tx -> ChangeStatements.askResume(tx, ground.batch))));
    }

    private Step resumeCarriedOut() {
        return step(
                "resumes",
                () -> ground.as("rollcall_trigger", () -> ChangeStatements.resume(ground.ledger, ground.batch)));
    }

    private int explore(List<Actor> actors) throws SQLException {
        explore(actors, new int[actors.size()]);
        return seen.size();
    }

    private void explore(List<Actor> actors, int[] done) throws SQLException {
        Sight before = Sight.of(ground.ledger);
        if (!seen.add(List.of(Arrays.toString(done), before, claimed.toString()).toString())) {
            return;
        }
        boolean over = true;
        for (int who = 0; who < actors.size(); who++) {
            List<Step> steps = actors.get(who).steps();
            if (done[who] == steps.size()) {
                continue;
            }
            over = false;
            Step step = steps.get(done[who]);
            Savepoint mark = ground.mark();
            Map<Long, List<Claimed>> remembered = Map.copyOf(claimed);
            path.add(actors.get(who).name() + " " + step.name());
            step.action().run();
            judge(before, Sight.of(ground.ledger), step);
            done[who]++;
            explore(actors, done);
            done[who]--;
            path.removeLast();
            claimed.clear();
            claimed.putAll(remembered);
            ground.backTo(mark);
        }
        if (over) {
            settle();
        }
    }

    private void judge(Sight before, Sight now, Step step) {
        assertThat(ground.fixture.recount()).as("%s: counts", path).isEmpty();
        assertThat(now.attempt()).as("%s: the fence", path).isGreaterThanOrEqualTo(before.attempt());
        assertThat(now.attempt() - now.spared()).as("%s: the budget", path).isBetween(0, 4);
        assertThat(now.successes())
                .as("%s: one result, exactly if it succeeded", path)
                .isEqualTo(now.state().equals("succeeded") ? 1 : 0);
        assertThat(now.unstarted())
                .as("%s: the receipt", path)
                .isBetween(0, now.state().equals("cancelled") ? 1 : 0);
        if (now.state().equals("running")) {
            assertThat(now.owner()).as("%s: an owner", path).isPositive();
            assertThat(now.dead()).as("%s: the owner is dead", path).isFalse();
            assertThat(now.remembered())
                    .as("%s: a claim that a reconciler would find", path)
                    .isTrue();
        }
        if (before.isFinal() && !step.name().equals("resumes")) {
            assertThat(now.state()).as("%s: what is final stays so", path).isEqualTo(before.state());
        }
    }

    /// Nobody does anything any more but those who always do: the dispatcher's sweep, and a worker that lives.
    private void settle() throws SQLException {
        Savepoint mark = ground.mark();
        ground.as("rollcall_trigger", () -> ground.ledger.useHandle(ChangeStatements::sweep));
        Sight swept = Sight.of(ground.ledger);
        if (swept.cancelled()) {
            assertThat(swept.isFinal()).as("%s: cancelled, and not final", path).isTrue();
        } else if (!swept.isFinal()) {
            assertThat(swept.state()).as("%s: nobody runs it", path).isEqualTo("pending");
            assertThat(swept.waiting()).as("%s: nobody will hint it", path).isTrue();
            ground.as("rollcall_worker", () -> claim(Ground.SECOND_WORKER)
                    .forEach(task -> EndStatements.end(ground.ledger, task, SUCCEEDED)));
            assertThat(Sight.of(ground.ledger).state())
                    .as("%s: in the end", path)
                    .isEqualTo("succeeded");
        }
        assertThat(ground.fixture.recount()).isEmpty();
        ground.backTo(mark);
    }
}
