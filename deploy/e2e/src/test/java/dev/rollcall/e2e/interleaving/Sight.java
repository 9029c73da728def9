package dev.rollcall.e2e.interleaving;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// What can be seen of the one task and its batch.
///
/// @param owner 0 for nobody
/// @param successes attempts that succeeded and count
/// @param dead whether the owner was declared dead
/// @param remembered whether a claim of the owner lists the task
/// @param waiting whether it is in the side table of retries, at its present attempt
/// @param attempts all that is written of attempts
public record Sight(
        String state,
        int attempt,
        int spared,
        long owner,
        int successes,
        boolean dead,
        boolean remembered,
        boolean waiting,
        boolean cancelled,
        boolean reviving,
        int unstarted,
        String attempts,
        String claims) {

    static Sight of(Jdbi ledger) {
        List<Sight> seen = ledger.withHandle(handle ->
                handle.createQuery("""
                        select t.state, t.attempt, t.spared, coalesce(t.worker, 0) as owner,
                               (select count(*) from attempt a where a.outcome = 'succeeded' and not a.late) as successes,
                               exists (select from worker w where w.id = t.worker and w.dead_at is not null) as dead,
                               exists (select from claim c where c.worker = t.worker and t.id = any(c.tasks)) as remembered,
                               exists (select from retry r where r.task = t.id and r.attempt = t.attempt) as waiting,
                               b.cancelled_at is not null as cancelled, b.reviving is not null as reviving, b.unstarted,
                               coalesce((select string_agg(concat_ws(' ', attempt, worker, outcome, late), ',' order by attempt, worker, outcome)
                                         from attempt), '') as attempts,
                               coalesce((select string_agg(worker::text, ',' order by worker) from claim), '') as claims
                        from task t cross join batch b
                        """).map(ConstructorMapper.of(Sight.class)).list());
        if (seen.size() != 1) {
            throw new AssertionError("one task is there: " + seen);
        }
        return seen.getFirst();
    }

    boolean isFinal() {
        return !state.equals("pending") && !state.equals("running");
    }
}
