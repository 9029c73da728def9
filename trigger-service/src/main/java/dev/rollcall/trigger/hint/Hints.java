package dev.rollcall.trigger.hint;

import dev.rollcall.message.TaskHint;
import dev.rollcall.message.Wire;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/// Writes hints on the topic of tasks.
@ApplicationScoped
public class Hints {
    /// Who says what this service says on the topics.
    public static final String SOURCE = "/rollcall/trigger";

    private static final int MOST_TASKS_A_HINT = 64;
    private static final int HINTS_AT_ONCE = 64;

    private final Emitter<byte[]> topic;
    private final Counter dispatched;

    Hints(
            @Channel("tasks") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) Emitter<byte[]> topic,
            MeterRegistry metrics) {
        this.topic = topic;
        this.dispatched = metrics.counter("rollcall.dispatched");
    }

    /// A hint a task where there are few places, so that workers share them evenly; more tasks a hint where there are
    /// hundreds.
    ///
    /// @param tasks of that day and queue, in the order of their turns
    /// @param places how many could be hinted at one time
    public static List<TaskHint> of(LocalDate day, String queue, List<Long> tasks, int places) {
        int size = Math.clamp(places / HINTS_AT_ONCE, 1, MOST_TASKS_A_HINT);
        List<TaskHint> hints = new ArrayList<>();
        for (int from = 0; from < tasks.size(); from += size) {
            hints.add(new TaskHint(day, queue, tasks.subList(from, Math.min(from + size, tasks.size()))));
        }
        return hints;
    }

    /// @return completes when the broker has acknowledged all of them, fails when it never will
    public CompletableFuture<Void> send(Collection<TaskHint> hints) {
        CompletableFuture<?>[] sent = hints.stream()
                .map(hint -> Wire.send(topic, SOURCE, hint)
                        .thenRun(() -> dispatched.increment(hint.tasks().size())))
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(sent);
    }
}
