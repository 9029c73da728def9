package dev.rollcall.trigger.change;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import dev.rollcall.trigger.BatchOfRows;
import dev.rollcall.trigger.PlayedWorker;
import dev.rollcall.trigger.PlayedWorker.End;
import dev.rollcall.trigger.QuietDispatcher;
import dev.rollcall.trigger.access.Caller;
import dev.rollcall.trigger.change.BatchModel.TaskModel;
import dev.rollcall.trigger.dispatch.Closing;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// People, a worker, the dispatcher and the sweep, in random order, against a model of what must come of it.
@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class ModelTest {
    private static final int STEPS = 300;
    private static final int BATCHES = 5;
    private static final Caller SOMEBODY = new Caller("test", "acme", Set.of());

    @Inject
    Changes changes;

    @Inject
    Jdbi trigger;

    private final Jdbi owner = Ledger.over(Backends.adminDataSource());
    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());
    private final PlayedWorker worker = new PlayedWorker();
    private final List<BatchModel> model = new ArrayList<>();
    private QuietDispatcher quiet;

    @BeforeEach
    void begin() {
        quiet = new QuietDispatcher();
        ledger.clean();
        ledger.organization("acme");
    }

    @AfterEach
    void end() {
        quiet.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20261121, 3141592653L, 42})
    void theLedgerLooksAsTheModelSays(long seed) {
        Random random = new Random(seed);
        List<String> told = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            String what = step(random);
            told.add(step + " " + what);
            String story = "seed %d, the last steps: %s"
                    .formatted(seed, told.subList(Math.max(0, told.size() - 12), told.size()));
            assertThat(ledger()).as(story).isEqualTo(expected());
            assertThat(ledger.recount()).as(story).isEmpty();
        }
        assertThat(told)
                .as("every kind of step")
                .anyMatch(line -> line.contains("RETRY_FAILED batch") && line.endsWith("Act"))
                .anyMatch(line -> line.contains("RESUME batch") && line.endsWith("Act"))
                .anyMatch(line -> line.contains("dies"));
    }

    private String step(Random random) {
        if (model.isEmpty() || model.size() < BATCHES && random.nextInt(12) == 0) {
            return create(random);
        }
        BatchModel batch = model.get(random.nextInt(model.size()));
        return switch (random.nextInt(14)) {
            case 0 -> change(batch, Action.CANCEL);
            case 1 -> change(batch, Action.PAUSE);
            case 2, 3 -> change(batch, Action.RESUME);
            case 4 -> change(batch, Action.RETRY_FAILED);
            case 5 -> advance(batch, random);
            case 6, 7, 8 -> claim(batch, random);
            case 9, 10, 11 -> finish(random);
            case 12 -> random.nextInt(4) == 0 ? die(batch) : sweep();
            default -> close();
        };
    }

    private String create(Random random) {
        int rows = 1 + random.nextInt(8);
        int hinted = random.nextInt(rows + 1);
        model.add(new BatchModel(BatchOfRows.of("acme", 1 + random.nextInt(3), rows, hinted), hinted));
        return "create " + model.getLast().line();
    }

    private String change(BatchModel batch, Action action) {
        Verdict verdict = changes.apply(SOMEBODY, action, batch.batch.id());
        assertThat(verdict).as("%s %s", action, batch.line()).isInstanceOf(batch.apply(action));
        return "%s batch %d: %s"
                .formatted(action, batch.batch.id(), verdict.getClass().getSimpleName());
    }

    private String advance(BatchModel batch, Random random) {
        int lane = random.nextInt(batch.next.length);
        if (batch.cancelled || batch.paused || batch.closed) {
            return "advance nothing";
        }
        batch.next[lane] = Math.min(batch.batch.rows(), batch.next[lane] + 1 + random.nextInt(3));
        owner.useHandle(handle -> handle.execute(
                "update lane set next = ? where id = ?",
                batch.next[lane],
                batch.batch.lanes().get(lane)));
        return "advance lane %d".formatted(batch.batch.lanes().get(lane));
    }

    private String claim(BatchModel batch, Random random) {
        List<TaskModel> wanted = batch.tasks.stream()
                .filter(task -> task.hinted() && random.nextInt(3) == 0)
                .toList();
        List<Long> got = worker.claim(wanted.stream().map(TaskModel::id).toList());
        List<TaskModel> mine = wanted.stream()
                .filter(task ->
                        task.is("pending") && !batch.cancelled && task.attempt - task.spared < BatchModel.BUDGET)
                .toList();
        assertThat(got)
                .containsExactlyInAnyOrderElementsOf(
                        mine.stream().map(TaskModel::id).toList());
        mine.forEach(task -> {
            task.becomes("running");
            task.attempt++;
        });
        return "claim " + got;
    }

    private String finish(Random random) {
        List<TaskModel> running = tasks(task -> task.is("running")).toList();
        if (running.isEmpty()) {
            return "finish nothing";
        }
        TaskModel task = running.get(random.nextInt(running.size()));
        boolean spent = task.attempt - task.spared >= BatchModel.BUDGET;
        End end =
                switch (random.nextInt(5)) {
                    case 0, 1 -> End.SUCCEEDED;
                    case 2 -> End.FAILED;
                    case 3 -> spent ? End.FAILED : End.RETRY;
                    default -> task.of.cancelled ? End.ABORTED : End.SUCCEEDED;
                };
        worker.end(task.id(), end);
        task.becomes(
                switch (end) {
                    case SUCCEEDED -> "succeeded";
                    case FAILED -> "failed";
                    case RETRY -> "pending";
                    case ABORTED -> "cancelled";
                });
        task.due = end == End.RETRY;
        return "finish %d %s".formatted(task.id(), end);
    }

    private String sweep() {
        trigger.useHandle(Cancellations::sweep);
        model.forEach(BatchModel::sweep);
        return "sweep";
    }

    /// Somebody asked for a cancel long ago, and the replica that was asked died over it.
    private String die(BatchModel batch) {
        if (batch.cancelled || batch.done()) {
            return "nobody is there";
        }
        batch.cancelled = true;
        owner.useHandle(handle -> handle.execute(
                "update batch set cancelled_at = clock_timestamp() - interval '1 hour' where id = ?",
                batch.batch.id()));
        return "cancel batch %d and the caller dies".formatted(batch.batch.id());
    }

    private String close() {
        trigger.useHandle(Closing::close);
        model.forEach(BatchModel::close);
        return "close";
    }

    private Stream<TaskModel> tasks(Predicate<TaskModel> wanted) {
        return model.stream().flatMap(batch -> batch.tasks.stream()).filter(wanted);
    }

    private String expected() {
        long failed = tasks(task -> task.is("failed")).count();
        return Stream.of(
                        model.stream().map(BatchModel::line),
                        tasks(task -> true).map(TaskModel::line),
                        Stream.of(
                                "failures=" + failed,
                                "retries=" + tasks(task -> task.due).count()))
                .flatMap(lines -> lines)
                .collect(joining("\n"));
    }

    private String ledger() {
        return owner.withHandle(
                handle -> handle.createQuery("""
                        select line from (
                            select 1 as part, b.id, format('batch %s cancelled=%s paused=%s closed=%s unstarted=%s next=[%s]',
                                b.id, (b.cancelled_at is not null)::text, (b.paused_at is not null)::text,
                                (b.closed_at is not null)::text, b.unstarted,
                                (select string_agg(next::text, ', ' order by id) from lane where batch = b.id)) as line
                            from batch b
                            union all
                            select 2, t.id, format('%s %s attempt=%s spared=%s due=%s', t.id, t.state, t.attempt, t.spared,
                                exists (select from retry r where r.task = t.id and r.attempt = t.attempt)::text)
                            from task t
                            union all
                            select 3, 0, 'failures=' || coalesce(sum(tasks), 0) from failure
                            union all
                            select 4, 0, 'retries=' || count(*) from retry
                        ) as told order by part, id
                        """).mapTo(String.class).collect(joining("\n")));
    }
}
