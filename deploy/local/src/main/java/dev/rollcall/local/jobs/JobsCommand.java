package dev.rollcall.local.jobs;

import dev.rollcall.local.connection.Group;
import picocli.CommandLine.Command;

@Command(
        name = "jobs",
        description = "Typed jobs: prompt, http, sleep.",
        mixinStandardHelpOptions = true,
        subcommands = {
            SubmitCommand.class,
            ListCommand.class,
            ShowCommand.class,
            ChangeCommand.Cancel.class,
            ChangeCommand.Retry.class,
            ChangeAllCommand.Cancel.class,
            ChangeAllCommand.Retry.class,
            ProcessCommand.class
        },
        footer = {"", "Exit codes: 0 done, 1 not, 2 bad usage."})
public final class JobsCommand extends Group {}
