package dev.rollcall.bench.peer.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariDataSource;
import dev.rollcall.bench.subject.Order;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.scheduling.JobScheduler;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;
import org.jspecify.annotations.Nullable;

/// [JobRunr](https://www.jobrunr.io), the open-source edition, with as many workers as the work wants.
public final class JobRunrProgram {

    private static final int PIECE = 5_000;
    private static volatile @Nullable Work work;

    private final HikariDataSource database;

    private JobRunrProgram(HikariDataSource database) {
        this.database = database;
    }

    public static void main(String[] arguments) throws IOException {
        try (var database = Work.pool(arguments[0])) {
            Conversation.hold(new JobRunrProgram(database)::answer);
        }
    }

    private Map<String, ?> answer(String what, JsonNode question) throws Exception {
        return switch (what) {
            case "start" -> start();
            case "clear" -> clear();
            case "run" -> run(question);
            case "kept" -> Work.kept(database);
            default -> throw new IllegalArgumentException("it can't " + what);
        };
    }

    private Map<String, ?> start() throws SQLException {
        Work.createTable(database);
        return Map.of();
    }

    private Map<String, ?> clear() throws SQLException {
        Work.execute(database, "truncate result");
        if (work != null) {
            JobRunr.destroy();
            Work.execute(database, "truncate jobrunr_jobs");
            work = null;
        }
        return Map.of();
    }

    private Map<String, ?> run(JsonNode question) throws SQLException, InterruptedException {
        Order order = Conversation.order(question);
        var now = new Work(database, order);
        work = now;
        JobScheduler scheduler = JobRunr.configure()
                .useStorageProvider(SqlStorageProviderFactory.using(database))
                .useBackgroundJobServer(BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                        .andWorkerCount(Conversation.setting(question, "workers"))
                        .andPollIntervalInSeconds(Conversation.setting(question, "pollingSeconds")))
                .initialize()
                .getJobScheduler();
        for (int from = 0; from < order.tasks(); from += PIECE) {
            scheduler.enqueue(
                    IntStream.range(from, Math.min(order.tasks(), from + PIECE)).boxed(), n -> JobRunrProgram.task(n));
        }
        now.await();
        while (open() > 0) {
            Thread.sleep(Duration.ofMillis(5));
        }
        return now.told();
    }

    /// What the jobs call.
    public static void task(int n) {
        Work now = work;
        if (now == null) {
            throw new IllegalStateException("nothing is to be run");
        }
        now.run(n);
    }

    private long open() throws SQLException {
        return Work.count(
                database, "select count(*) from jobrunr_jobs where state in ('ENQUEUED', 'PROCESSING', 'SCHEDULED')");
    }
}
