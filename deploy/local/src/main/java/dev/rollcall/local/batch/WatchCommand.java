package dev.rollcall.local.batch;

import dev.rollcall.local.client.BatchApi;
import dev.rollcall.local.connection.TriggerCommand;
import dev.rollcall.local.terminal.Screen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "watch",
        description = "Watches one batch to its end.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit codes: 0 every task succeeded, 1 not, 2 bad usage."})
final class WatchCommand extends TriggerCommand {

    @Parameters(index = "0", paramLabel = "ID", description = "The batch's number.")
    private String id = "";

    @Override
    public Integer call() throws InterruptedException {
        return new Watch(new BatchApi(api()), Screen.standard(out())).until(id) ? DONE : NOT_DONE;
    }
}
