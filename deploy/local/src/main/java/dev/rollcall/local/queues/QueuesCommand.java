package dev.rollcall.local.queues;

import dev.rollcall.local.client.QueueApi;
import dev.rollcall.local.client.QueueApi.Queue;
import dev.rollcall.local.connection.TriggerCommand;
import dev.rollcall.local.terminal.Table;
import dev.rollcall.local.terminal.Words;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(
        name = "queues",
        description = "What waits where: a queue for each provider and each type of job.",
        mixinStandardHelpOptions = true,
        subcommands = {ChangeCommand.Pause.class, ChangeCommand.Resume.class, SetCommand.class},
        footer = {"", "Exit codes: 0 done, 1 not, 2 bad usage."})
public final class QueuesCommand extends TriggerCommand {

    @Override
    public Integer call() {
        var table = new Table(
                "queue", "state", "at once", "rate", "waiting", "running", "oldest", "per minute", "average", "95 %");
        for (Queue queue : new QueueApi(api()).list()) {
            table.row(
                    queue.name(),
                    queue.pausedAt() == null ? "open" : "paused",
                    queue.concurrency(),
                    rate(queue),
                    queue.waiting(),
                    queue.running(),
                    queue.oldestWaitingSeconds() == null
                            ? null
                            : Words.span(Duration.ofSeconds(
                                    queue.oldestWaitingSeconds().longValue())),
                    queue.perMinute(),
                    millis(queue.averageMillis()),
                    millis(queue.p95Millis()));
        }
        say(table.lines());
        return DONE;
    }

    private static @Nullable String rate(Queue queue) {
        String tick = queue.perTick() == null || queue.tickMs() == null
                ? ""
                : "%d per %s".formatted(queue.perTick(), brief(queue.tickMs()));
        String delay = queue.delayMs() == null || queue.delayMs() == 0 ? "" : brief(queue.delayMs()) + " apart";
        String both = tick + (tick.isEmpty() || delay.isEmpty() ? "" : ", ") + delay;
        return both.isEmpty() ? null : both;
    }

    private static String brief(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    private static @Nullable String millis(@Nullable Double millis) {
        return millis == null ? null : Words.count(Math.round(millis)) + " ms";
    }
}
