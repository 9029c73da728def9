package dev.rollcall.local.queues;

import dev.rollcall.local.client.QueueApi;
import dev.rollcall.local.connection.TriggerCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Lets a queue rest or go on.
abstract class ChangeCommand extends TriggerCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "A provider's id, or http, sleep, webhook.")
    private String name = "";

    private final String action;
    private final String done;

    ChangeCommand(String action, String done) {
        this.action = action;
        this.done = done;
    }

    @Override
    public Integer call() {
        new QueueApi(api()).change(name, action);
        out().println("%s is %s.".formatted(name, done));
        return DONE;
    }

    @Command(
            name = "pause",
            description = "Starts nothing more of it; what waits is kept.",
            mixinStandardHelpOptions = true)
    static final class Pause extends ChangeCommand {
        Pause() {
            super("pause", "paused");
        }
    }

    @Command(name = "resume", description = "Lets it go on.", mixinStandardHelpOptions = true)
    static final class Resume extends ChangeCommand {
        Resume() {
            super("resume", "open");
        }
    }
}
