package dev.rollcall.local.batch;

import dev.rollcall.local.client.BatchApi;
import dev.rollcall.local.client.BatchStatus;
import dev.rollcall.local.connection.TriggerCommand;
import dev.rollcall.local.terminal.Words;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Something that is done to a batch as a whole.
abstract class ChangeCommand extends TriggerCommand {

    @Parameters(index = "0", paramLabel = "ID", description = "The batch's number.")
    private String id = "";

    private final String action;

    ChangeCommand(String action) {
        this.action = action;
    }

    @Override
    public Integer call() {
        say(told(new BatchApi(api()).change(id, action)));
        return DONE;
    }

    List<String> told(BatchStatus batch) {
        return List.of("Batch %s is %s; %s."
                .formatted(
                        batch.batchId(),
                        batch.status(),
                        Words.counted(batch.counts().open(), "task is open", "tasks are open")));
    }

    @Command(
            name = "cancel",
            description = "Starts nothing of it any more and aborts its calls; says what became of its tasks.",
            mixinStandardHelpOptions = true)
    static final class Cancel extends ChangeCommand {
        Cancel() {
            super("cancel");
        }

        @Override
        List<String> told(BatchStatus batch) {
            return ReceiptLines.of(batch);
        }
    }

    @Command(
            name = "pause",
            description = "Starts nothing more of it until it is resumed; what runs goes on.",
            mixinStandardHelpOptions = true)
    static final class Pause extends ChangeCommand {
        Pause() {
            super("pause");
        }
    }

    @Command(
            name = "resume",
            description = "Lets a paused or cancelled one go on where it stopped; what succeeded is not repeated.",
            mixinStandardHelpOptions = true)
    static final class Resume extends ChangeCommand {
        Resume() {
            super("resume");
        }
    }

    @Command(name = "retry-failed", description = "Tries again what failed.", mixinStandardHelpOptions = true)
    static final class RetryFailed extends ChangeCommand {
        RetryFailed() {
            super("retry-failed");
        }
    }
}
