package dev.rollcall.local.batch;

import dev.rollcall.local.client.BatchApi;
import dev.rollcall.local.client.BatchRow;
import dev.rollcall.local.connection.TriggerCommand;
import dev.rollcall.local.terminal.Table;
import dev.rollcall.local.terminal.Words;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "rows", description = "A batch's rows, each on each of its providers.", mixinStandardHelpOptions = true)
final class RowsCommand extends TriggerCommand {

    private static final int WIDEST = 40;

    @Parameters(index = "0", paramLabel = "ID", description = "The batch's number.")
    private String id = "";

    @Option(
            names = "--state",
            paramLabel = "S",
            description = "Only those: pending, running, succeeded, failed, cancelled.")
    private @Nullable String state;

    @Option(names = "--provider", paramLabel = "ID", description = "Only on this provider.")
    private @Nullable String provider;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "At most (${DEFAULT-VALUE}).")
    private int limit = 100;

    @Override
    public Integer call() {
        var page = new BatchApi(api()).rows(id, state, provider, limit);
        var table = new Table("row", "provider", "state", "attempts", "reason", "cells");
        for (BatchRow row : page.itemsOrNone()) {
            table.row(row.row(), row.provider(), row.state(), row.attempts(), why(row), cells(row));
        }
        say(table.lines());
        sayMore(page);
        return DONE;
    }

    private static @Nullable String why(BatchRow row) {
        if (row.detail() == null) {
            return row.reason();
        }
        return oneLine((row.reason() == null ? "" : row.reason() + ": ") + row.detail());
    }

    private static @Nullable String cells(BatchRow row) {
        return row.cells() == null
                ? null
                : oneLine(String.join(" | ", row.cells().values()));
    }

    private static String oneLine(String text) {
        return Words.fit(text.replaceAll("\\p{Cntrl}+", " "), WIDEST);
    }
}
