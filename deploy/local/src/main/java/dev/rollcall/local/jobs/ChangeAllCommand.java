package dev.rollcall.local.jobs;

import dev.rollcall.local.client.JobApi;
import dev.rollcall.local.connection.TriggerCommand;
import dev.rollcall.local.terminal.Words;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Something that is done to all jobs of a kind.
abstract class ChangeAllCommand extends TriggerCommand {

    @Mixin
    private JobFilter which = new JobFilter();

    @Option(names = "--organization", paramLabel = "ID", description = "Whose jobs, for an operator's key.")
    private @Nullable String organization;

    @Option(names = "--dry-run", description = "Only says how many that would be.")
    private boolean dryRun;

    private final String action;
    private final String done;

    ChangeAllCommand(String action, String done) {
        this.action = action;
        this.done = done;
    }

    @Override
    public Integer call() {
        if (which.isEmpty()) {
            throw nonsense("Say which: --status, --type or both");
        }
        var changed = new JobApi(api()).changeAll(action, which.filter(), organization, dryRun);
        long count = dryRun ? changed.matched() : changed.changed();
        out().println("%s %s %s."
                .formatted(Words.counted(count, "job", "jobs"), dryRun ? "would be" : count == 1 ? "is" : "are", done));
        if (changed.sample() != null && !changed.sample().isEmpty()) {
            out().println("For example " + String.join(", ", changed.sample()) + ".");
        }
        if (changed.more() != null) {
            err().println(changed.more());
        }
        return DONE;
    }

    @Command(name = "cancel-all", description = "Cancels all jobs of a kind.", mixinStandardHelpOptions = true)
    static final class Cancel extends ChangeAllCommand {
        Cancel() {
            super("cancel", "cancelled");
        }
    }

    @Command(name = "retry-all", description = "Tries all jobs of a kind again.", mixinStandardHelpOptions = true)
    static final class Retry extends ChangeAllCommand {
        Retry() {
            super("retry", "due again");
        }
    }
}
