package dev.rollcall.local.batch;

import dev.rollcall.local.client.BatchApi;
import dev.rollcall.local.connection.TriggerCommand;
import dev.rollcall.local.terminal.Table;
import dev.rollcall.local.terminal.Words;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "list", description = "The newest batches.", mixinStandardHelpOptions = true)
final class ListCommand extends TriggerCommand {

    private static final int WIDEST_NAME = 32;

    @Option(names = "--status", paramLabel = "S", description = "Only those: processing, completed, failed, ...")
    private @Nullable String status;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most (${DEFAULT-VALUE}).")
    private int limit = 50;

    @Override
    public Integer call() {
        var page = new BatchApi(api()).list(status, limit);
        var table = new Table("id", "status", "done", "tasks", "failed", "organization", "created", "name");
        for (var batch : page.itemsOrNone()) {
            table.row(
                    batch.batchId(),
                    batch.status(),
                    Words.percent(batch.percent()),
                    batch.tasks(),
                    batch.counts().failed(),
                    batch.organization(),
                    Words.when(batch.createdAt()),
                    batch.name() == null ? null : Words.fit(batch.name(), WIDEST_NAME));
        }
        say(table.lines());
        sayMore(page);
        return DONE;
    }
}
