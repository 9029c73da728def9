package dev.rollcall.local.jobs;

import dev.rollcall.local.client.JobApi;
import dev.rollcall.local.connection.TriggerCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Something that is done to one job.
abstract class ChangeCommand extends TriggerCommand {

    @Parameters(index = "0", paramLabel = "ID", description = "The job's number.")
    private String id = "";

    private final String action;

    ChangeCommand(String action) {
        this.action = action;
    }

    @Override
    public Integer call() {
        var job = new JobApi(api()).change(id, action);
        out().println("Job %s is %s.".formatted(job.jobId(), job.status()));
        return DONE;
    }

    @Command(name = "cancel", description = "Cancels it, also while it runs.", mixinStandardHelpOptions = true)
    static final class Cancel extends ChangeCommand {
        Cancel() {
            super("cancel");
        }
    }

    @Command(name = "retry", description = "Tries again what failed or was cancelled.", mixinStandardHelpOptions = true)
    static final class Retry extends ChangeCommand {
        Retry() {
            super("retry");
        }
    }
}
