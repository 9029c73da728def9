package dev.rollcall.local.jobs;

import dev.rollcall.local.client.JobApi;
import dev.rollcall.local.connection.TriggerCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "process",
        description = "Starts waiting jobs now, also of a paused queue. Prints their numbers.",
        mixinStandardHelpOptions = true)
final class ProcessCommand extends TriggerCommand {

    @Option(names = "--type", paramLabel = "T", required = true, description = "Of this type; repeatable.")
    private List<String> types = List.of();

    @Option(names = "--limit", paramLabel = "N", required = true, description = "So many at most.")
    private int limit;

    @Option(names = "--organization", paramLabel = "ID", description = "Whose jobs, for an operator's key.")
    private @Nullable String organization;

    @Override
    public Integer call() {
        if (limit < 1) {
            throw nonsense("--limit is at least 1");
        }
        new JobApi(api()).process(types, limit, organization).forEach(out()::println);
        return DONE;
    }
}
