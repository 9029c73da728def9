package dev.rollcall.trigger.job;

import dev.rollcall.ledger.TaskId;
import dev.rollcall.message.BatchNews;
import dev.rollcall.trigger.access.Audit;
import dev.rollcall.trigger.access.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// Starts waiting jobs because somebody asked for it: the dispatcher then minds neither their time nor their
/// queue's pause and rate.
@ApplicationScoped
class Processing {
    private final Jdbi jdbi;
    private final Event<BatchNews> news;

    Processing(Jdbi jdbi, Event<BatchNews> news) {
        this.jdbi = jdbi;
        this.news = news;
    }

    /// @param waiting in the order of their turns
    /// @return those that are started by this call, in the same order
    List<Long> start(Caller who, String organization, List<Long> waiting) {
        List<Long> started = jdbi.inTransaction(tx -> {
            var due = tx.createQuery("""
                            update retry r set not_before = '-infinity'
                            from task t
                            where r.task = any(:waiting) and r.not_before > '-infinity'
                              and t.day = r.day and t.id = r.task and t.attempt = r.attempt and t.state = 'pending'
                            returning r.task
                            """)
                    .bindArray("waiting", Long.class, waiting)
                    .mapTo(Long.class)
                    .set();
            List<Long> ours = waiting.stream().filter(due::contains).toList();
            Audit.note(tx, who, "job.process", organization, null, "%d jobs started".formatted(ours.size()));
            return ours;
        });
        tell(started);
        return started;
    }

    private void tell(List<Long> started) {
        if (started.isEmpty()) {
            return;
        }
        jdbi.withHandle(handle -> handle.createQuery("select id, batch from lane where id = any(:lanes)")
                        .bindArray(
                                "lanes",
                                Long.class,
                                started.stream()
                                        .map(task -> new TaskId(task).lane())
                                        .distinct()
                                        .toList())
                        .map((row, context) -> List.of(row.getLong("id"), row.getLong("batch")))
                        .list())
                .forEach(lane -> {
                    List<Long> tasks = started.stream()
                            .filter(task -> new TaskId(task).lane() == lane.getFirst())
                            .toList();
                    news.fire(new BatchNews(BatchNews.What.RESUMED, lane.getLast(), tasks));
                });
    }
}
