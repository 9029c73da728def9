package dev.rollcall.local.batch;

import dev.rollcall.local.client.BatchApi;
import dev.rollcall.local.connection.TriggerCommand;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "How one batch is.", mixinStandardHelpOptions = true)
final class ShowCommand extends TriggerCommand {

    @Parameters(index = "0", paramLabel = "ID", description = "The batch's number.")
    private String id = "";

    @Override
    public Integer call() {
        say(BatchLines.all(new BatchApi(api()).show(id), Instant.now()));
        return DONE;
    }
}
