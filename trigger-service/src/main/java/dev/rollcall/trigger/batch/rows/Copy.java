package dev.rollcall.trigger.batch.rows;

import static java.util.stream.Collectors.joining;

import dev.rollcall.trigger.batch.rows.Frame.Lane;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The statements that copy a batch out of the ledger, in PostgreSQL's binary form, which costs neither side any words.
/// They can take no parameters; all that they are given are numbers and a day.
final class Copy {
    // the fields of a result: the task's id, and what is told of it
    static final int TASK = 0;
    static final int STATE = 1;
    static final int REASON = 2;
    static final int ATTEMPTS = 3;
    static final int ANSWER = 4;
    static final int MODEL = 5;
    static final int TOKENS_IN = 6;
    static final int TOKENS_OUT = 7;
    static final int ENDED_AT = 8;
    // the fields of a row's cells: its number, and the array of them
    static final int ROW = 0;
    static final int CELLS = 1;

    private Copy() {}

    /// The final tasks, lane by lane, each in the order of its rows. It is one statement, so it sees one snapshot.
    ///
    /// @param frame has lanes
    static String results(Frame frame) {
        return out(frame.lanes().stream().map(lane -> results(frame, lane)).collect(joining("\nunion all\n")));
    }

    /// The cells of the rows from this one to below that one, in their order.
    static String cells(Frame frame, int from, int below) {
        return out("select n, cells from item where day = '%s' and batch = %d and n >= %d and n < %d order by n"
                .formatted(frame.day(), frame.batch().value(), from, below));
    }

    /// Keeps the transaction to the one plan that reads each table along its primary key, whatever
    /// the planner believes of a day whose tables nobody has measured yet. Nothing is sorted or
    /// gathered; the first row comes at once.
    static void prepare(Handle handle) {
        List.of(
                        "jit = off",
                        "max_parallel_workers_per_gather = 0",
                        "enable_seqscan = off",
                        "enable_bitmapscan = off",
                        "enable_hashjoin = off",
                        "enable_nestloop = off",
                        "enable_sort = off",
                        "enable_incremental_sort = off",
                        // a client may read slowly
                        "idle_in_transaction_session_timeout = 0")
                .forEach(setting -> handle.execute("set local " + setting));
    }

    private static String results(Frame frame, Lane lane) {
        return """
                (select t.id, t.state, t.reason, t.attempt, a.answer, a.model, a.tokens_in, a.tokens_out, a.ended_at
                 from task t
                 left join attempt a
                     on a.day = '%1$s' and a.task >= %2$d and a.task < %3$d
                     and a.task = t.id and a.attempt = t.attempt and not a.late
                 where t.day = '%1$s' and t.id >= %2$d and t.id < %3$d
                   and t.state in ('succeeded', 'failed', 'cancelled')
                 order by t.id)""".formatted(frame.day(), lane.firstTask(), lane.id() + 1 << Lane.ROW_BITS);
    }

    private static String out(String query) {
        return "copy (\n%s\n) to stdout (format binary)".formatted(query);
    }
}
