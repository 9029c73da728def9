package dev.rollcall.bench.peer.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import dev.rollcall.bench.subject.Order;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// [db-scheduler](https://github.com/kagkarlsson/db-scheduler) with lock-and-fetch and virtual threads, as its
/// documentation advises for throughput.
public final class DbSchedulerProgram {

    /// From its documentation, postgresql_tables.sql.
    private static final String TABLE = """
            create table scheduled_tasks (
              task_name text not null,
              task_instance text not null,
              task_data bytea,
              execution_time timestamp with time zone not null,
              picked BOOLEAN not null,
              picked_by text,
              last_success timestamp with time zone,
              last_failure timestamp with time zone,
              consecutive_failures INT,
              last_heartbeat timestamp with time zone,
              version BIGINT not null,
              priority SMALLINT,
              state text,
              PRIMARY KEY (task_name, task_instance)
            );
            create index execution_time_idx on scheduled_tasks (execution_time);
            create index last_heartbeat_idx on scheduled_tasks (last_heartbeat);
            create index priority_execution_time_idx on scheduled_tasks (priority desc, execution_time asc);
            """;
    private static final TaskDescriptor<Integer> BENCH = TaskDescriptor.of("bench", Integer.class);
    private static final int PIECE = 10_000;

    private final HikariDataSource database;
    private @Nullable Work work;
    private @Nullable Scheduler running;

    private DbSchedulerProgram(HikariDataSource database) {
        this.database = database;
    }

    public static void main(String[] arguments) throws IOException {
        try (var database = Work.pool(arguments[0])) {
            Conversation.hold(new DbSchedulerProgram(database)::answer);
        }
    }

    private Map<String, ?> answer(String what, JsonNode question) throws Exception {
        return switch (what) {
            case "start" -> start();
            case "clear" -> clear();
            case "add" -> add(question);
            case "run" -> run(question);
            case "kept" -> Work.kept(database);
            default -> throw new IllegalArgumentException("it can't " + what);
        };
    }

    private Map<String, ?> start() throws SQLException {
        Work.execute(database, TABLE);
        Work.createTable(database);
        return Map.of();
    }

    private Map<String, ?> clear() throws SQLException {
        if (running != null) {
            running.stop();
            running = null;
        }
        Work.execute(database, "truncate result, scheduled_tasks");
        return Map.of();
    }

    private Map<String, ?> add(JsonNode question) throws SQLException {
        schedule(scheduler(question), Conversation.order(question).tasks());
        return Map.of("rows", open());
    }

    private Map<String, ?> run(JsonNode question) throws SQLException, InterruptedException {
        Order order = Conversation.order(question);
        var now = new Work(database, order);
        work = now;
        var scheduler = scheduler(question);
        running = scheduler;
        scheduler.start();
        schedule(scheduler, order.tasks());
        now.await();
        while (open() > 0) {
            Thread.sleep(Duration.ofMillis(5));
        }
        return now.told();
    }

    private static void schedule(Scheduler scheduler, int tasks) {
        for (int from = 0; from < tasks; from += PIECE) {
            Instant now = Instant.now();
            scheduler.scheduleBatch(
                    IntStream.range(from, Math.min(tasks, from + PIECE))
                            .<TaskInstance<?>>mapToObj(n ->
                                    BENCH.instance(Integer.toString(n)).data(n).build())
                            .toList(),
                    now);
        }
    }

    private Scheduler scheduler(JsonNode question) {
        OneTimeTask<Integer> task = Tasks.oneTime(BENCH).execute((instance, context) -> run(instance.getData()));
        return Scheduler.create(database, task)
                .threads(Conversation.setting(question, "threads"))
                .executorService(Executors.newVirtualThreadPerTaskExecutor())
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(Duration.ofMillis(Conversation.setting(question, "pollingMillis")))
                .shutdownMaxWait(Duration.ofSeconds(1))
                .build();
    }

    private void run(int n) {
        Work now = work;
        if (now == null) {
            throw new IllegalStateException("nothing is to be run");
        }
        now.run(n);
    }

    private long open() throws SQLException {
        return Work.count(database, "select count(*) from scheduled_tasks");
    }
}
