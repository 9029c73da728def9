package dev.rollcall.local.jobs;

import dev.rollcall.local.client.Job;
import dev.rollcall.local.client.JobApi;
import dev.rollcall.local.connection.TriggerCommand;
import dev.rollcall.local.terminal.Table;
import dev.rollcall.local.terminal.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "The newest jobs.", mixinStandardHelpOptions = true)
final class ListCommand extends TriggerCommand {

    private static final int WIDEST = 50;

    @Mixin
    private JobFilter which = new JobFilter();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most (${DEFAULT-VALUE}).")
    private int limit = 50;

    @Override
    public Integer call() {
        var page = new JobApi(api()).list(which.filter(), limit);
        var table = new Table("id", "type", "status", "done", "attempts", "created", "error");
        for (Job job : page.itemsOrNone()) {
            table.row(
                    job.jobId(),
                    job.type(),
                    job.status(),
                    Words.percent(job.percent()),
                    job.attempts(),
                    Words.when(job.createdAt()),
                    job.error() == null ? null : Words.fit(job.error().inWords(), WIDEST));
        }
        say(table.lines());
        sayMore(page);
        return DONE;
    }
}
