package dev.rollcall.trigger.change;

import dev.rollcall.trigger.BatchOfRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A batch in memory, with the rules as one would tell them: what the ledger must look like.
final class BatchModel {
    static final int BUDGET = 3;

    final BatchOfRows batch;
    final int[] next;
    final List<TaskModel> tasks = new ArrayList<>();
    boolean cancelled;
    boolean paused;
    boolean closed;
    int unstarted;

    BatchModel(BatchOfRows batch, int hinted) {
        this.batch = batch;
        this.next = new int[batch.lanes().size()];
        Arrays.fill(next, hinted);
        for (int lane = 0; lane < next.length; lane++) {
            for (int row = 0; row < batch.rows(); row++) {
                tasks.add(new TaskModel(this, lane, row));
            }
        }
    }

    static final class TaskModel {
        final BatchModel of;
        final int lane;
        final int row;
        String state = "pending";
        int attempt;
        int spared;
        boolean due;

        TaskModel(BatchModel of, int lane, int row) {
            this.of = of;
            this.lane = lane;
            this.row = row;
        }

        long id() {
            return of.batch.task(lane, row);
        }

        boolean is(String wanted) {
            return state.equals(wanted);
        }

        boolean hinted() {
            return row < of.next[lane];
        }

        void becomes(String other) {
            state = other;
            due = false;
        }

        void revive() {
            becomes("pending");
            spared = attempt;
            due = hinted();
        }

        /// As it is compared with the ledger.
        String line() {
            return "%d %s attempt=%d spared=%d due=%s".formatted(id(), state, attempt, spared, due);
        }
    }

    boolean open() {
        return tasks.stream().anyMatch(task -> task.is("pending") || task.is("running"));
    }

    boolean done() {
        return !cancelled && (closed || !open());
    }

    /// Does what somebody asked for.
    ///
    /// @return which verdict that is
    Class<? extends Verdict> apply(Action action) {
        return switch (action) {
            case CANCEL -> {
                if (cancelled) {
                    yield Verdict.Nothing.class;
                }
                if (done()) {
                    yield Verdict.Refused.class;
                }
                cancelled = true;
                unstarted += cancelPending();
                yield Verdict.Act.class;
            }
            case PAUSE -> {
                if (cancelled || done()) {
                    yield Verdict.Refused.class;
                }
                boolean was = paused;
                paused = true;
                yield was ? Verdict.Nothing.class : Verdict.Act.class;
            }
            case RESUME -> {
                if (!cancelled && done()) {
                    yield Verdict.Refused.class;
                }
                if (!cancelled && !paused) {
                    yield Verdict.Nothing.class;
                }
                resume();
                yield Verdict.Act.class;
            }
            case RETRY_FAILED -> {
                if (cancelled) {
                    yield Verdict.Refused.class;
                }
                if (tasks.stream().noneMatch(task -> task.is("failed"))) {
                    yield Verdict.Nothing.class;
                }
                tasks.stream().filter(task -> task.is("failed")).forEach(TaskModel::revive);
                closed = false;
                yield Verdict.Act.class;
            }
        };
    }

    private void resume() {
        if (cancelled) {
            tasks.stream().filter(task -> task.is("pending")).forEach(task -> task.due = task.hinted());
            tasks.stream().filter(task -> task.is("cancelled")).forEach(TaskModel::revive);
        }
        cancelled = false;
        paused = false;
        closed = false;
        unstarted = 0;
    }

    /// @return how many
    int cancelPending() {
        List<TaskModel> pending =
                tasks.stream().filter(task -> task.is("pending")).toList();
        pending.forEach(task -> task.becomes("cancelled"));
        return pending.size();
    }

    /// What comes back to a cancelled batch was in a call; what never was claimed was left by a caller that died.
    void sweep() {
        if (cancelled && !closed) {
            int untouched = (int) tasks.stream()
                    .filter(task -> task.is("pending") && task.attempt == 0)
                    .count();
            cancelPending();
            unstarted += untouched;
        }
    }

    void close() {
        closed = closed || !open();
    }

    String line() {
        return "batch %d cancelled=%s paused=%s closed=%s unstarted=%d next=%s"
                .formatted(batch.id(), cancelled, paused, closed, unstarted, Arrays.toString(next));
    }
}
