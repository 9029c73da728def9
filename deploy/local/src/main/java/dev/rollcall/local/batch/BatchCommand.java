package dev.rollcall.local.batch;

import dev.rollcall.local.connection.Group;
import picocli.CommandLine.Command;

@Command(
        name = "batch",
        description = "Batches of rows: a CSV file, a prompt and providers.",
        mixinStandardHelpOptions = true,
        subcommands = {
            SubmitCommand.class,
            ListCommand.class,
            ShowCommand.class,
            WatchCommand.class,
            RowsCommand.class,
            ResultsCommand.class,
            ChangeCommand.Cancel.class,
            ChangeCommand.Pause.class,
            ChangeCommand.Resume.class,
            ChangeCommand.RetryFailed.class
        },
        footer = {"", "Exit codes: 0 done, 1 not, 2 bad usage."})
public final class BatchCommand extends Group {}
