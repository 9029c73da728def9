package dev.rollcall.trigger.hint;

import dev.rollcall.message.TaskHint;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/// Hints at jobs as soon as they are written, where nobody waits whose turn would come first: without a pass of the
/// dispatcher, which may be some ten milliseconds away.
///
/// They wait in the side table of retries like all others, and the dispatcher drops them there when the broker has
/// acknowledged their hints. So nothing depends on what is remembered here: whoever dispatches next hints at what is
/// left.
@ApplicationScoped
public class FastPath {
    private static final Logger LOG = Logger.getLogger(FastPath.class);

    private final Hints hints;
    private final Passages passages = new Passages();

    FastPath(Hints hints) {
        this.hints = hints;
    }

    /// How many hints may go this way until the dispatcher looks again.
    ///
    /// @param free by queue; only queues in which nobody waits
    public void open(Map<String, Integer> free) {
        passages.open(free);
    }

    /// Nothing goes this way any more, and what went is forgotten: another replica decides what is next.
    public void close() {
        passages.clear();
    }

    /// Hints at these when they are committed, if there are places for all of them. If not, they are the dispatcher's,
    /// like all that waits.
    ///
    /// @param tx the transaction that writes them, of that day and queue
    /// @param dueAt their `not_before`
    public void take(Handle tx, LocalDate day, String queue, List<Long> tasks, Instant dueAt) {
        int places = passages.enter(queue, tasks, dueAt, System.nanoTime());
        if (places > 0) {
            tx.afterCommit(() -> send(tasks, Hints.of(day, queue, tasks, places)));
            tx.afterRollback(() -> passages.leave(tasks));
        }
    }

    private void send(List<Long> tasks, List<TaskHint> hinted) {
        if (!passages.written(tasks, System.nanoTime())) {
            return;
        }
        try {
            var unused = hints.send(hinted).whenComplete((sent, failure) -> {
                if (failure == null) {
                    passages.arrive(tasks, System.nanoTime());
                } else {
                    leave(tasks, failure);
                }
            });
        } catch (RuntimeException e) {
            // the channel is closing; the jobs are committed, whoever brought them must hear that
            leave(tasks, e);
        }
    }

    private void leave(List<Long> tasks, Throwable failure) {
        LOG.warnf("%d jobs are left to the dispatcher: %s", tasks.size(), failure.getMessage());
        passages.leave(tasks);
    }

    /// Whether all of these went this way of late, so that they need no turn.
    public boolean took(Collection<Long> tasks) {
        return passages.knows(tasks);
    }

    /// Those whose hints are with the broker and who still wait in the side table, and since when they were due.
    public Map<Long, Instant> arrived() {
        return passages.arrived();
    }

    /// They wait no more.
    public void dropped(Collection<Long> tasks) {
        passages.dropped(tasks, System.nanoTime());
    }

    /// All that may be found in the side table and is not to be hinted again.
    public Transit transit() {
        return passages.transit(System.nanoTime());
    }

    /// What of that a look finds for sure that begins now.
    public Transit committed() {
        return passages.committed(System.nanoTime());
    }
}
