package dev.rollcall.local.queues;

import dev.rollcall.local.client.QueueApi;
import dev.rollcall.local.connection.Span;
import dev.rollcall.local.connection.TriggerCommand;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "set",
        description = "Sets how fast a queue may go; a rate or a delay that is not given is lifted.",
        mixinStandardHelpOptions = true)
final class SetCommand extends TriggerCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "A provider's id, or http, sleep, webhook.")
    private String name = "";

    @Option(names = "--per-tick", paramLabel = "N", description = "Starts in one tick, at most.")
    private @Nullable Integer perTick;

    @Option(names = "--tick", paramLabel = "TIME", converter = Span.class, description = "The tick, such as 60s.")
    private @Nullable Duration tick;

    @Option(
            names = "--delay",
            paramLabel = "TIME",
            converter = Span.class,
            description = "Between one start and the next, at least, such as 100ms.")
    private @Nullable Duration delay;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description = "At one time, over all workers; of http, sleep and webhook only. Stays when it is not given.")
    private @Nullable Integer concurrency;

    @Override
    public Integer call() {
        if ((perTick == null) != (tick == null)) {
            throw nonsense("--per-tick and --tick go together");
        }
        var setting = new QueueApi.Setting(perTick, millis(tick), millis(delay), concurrency);
        if (setting.saysNothing()) {
            throw nonsense("Say what to set: --per-tick with --tick, --delay, --concurrency");
        }
        new QueueApi(api()).set(name, setting);
        out().println("%s is set.".formatted(name));
        return DONE;
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }
}
