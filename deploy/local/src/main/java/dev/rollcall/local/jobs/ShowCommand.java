package dev.rollcall.local.jobs;

import dev.rollcall.local.client.JobApi;
import dev.rollcall.local.connection.TriggerCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "How one job is.", mixinStandardHelpOptions = true)
final class ShowCommand extends TriggerCommand {

    @Parameters(index = "0", paramLabel = "ID", description = "The job's number.")
    private String id = "";

    @Override
    public Integer call() {
        say(JobLines.of(new JobApi(api()).show(id)));
        return DONE;
    }
}
