package dev.rollcall.local.batch;

import dev.rollcall.local.client.ApiFailure;
import dev.rollcall.local.client.BatchApi;
import dev.rollcall.local.client.BatchOrder;
import dev.rollcall.local.connection.TriggerCommand;
import dev.rollcall.local.terminal.Screen;
import dev.rollcall.local.terminal.Words;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "submit",
        description = "Hands in a CSV file and a prompt for each of its rows. Prints the batch's number.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit codes: 0 accepted (with --watch: every task succeeded), 1 not, 2 bad usage.",
            "Standard output has the number alone, everything else goes to standard error."
        })
final class SubmitCommand extends TriggerCommand {

    private static final Path STDIN = Path.of("-");

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "The rows, with a header that names the columns; - is standard input.")
    private Path rows = STDIN;

    @Option(names = "--prompt", paramLabel = "TEXT", description = "The prompt, with {{column}} where a cell goes.")
    private @Nullable String prompt;

    @Option(names = "--prompt-file", paramLabel = "FILE", description = "Holds the prompt.")
    private @Nullable Path promptFile;

    @Option(names = "--provider", paramLabel = "ID", required = true, description = "Asked for every row; repeatable.")
    private List<String> providers = List.of();

    @Option(names = "--organization", paramLabel = "ID", description = "Whose batch it is, for an operator's key.")
    private @Nullable String organization;

    @Option(names = "--name", paramLabel = "TEXT", description = "What you call it.")
    private @Nullable String name;

    @Option(names = "--concurrency", paramLabel = "N", description = "Tasks at one time, at most; 1 keeps the order.")
    private @Nullable Integer concurrency;

    @Option(names = "--max-retries", paramLabel = "N", description = "Retries of a task, 0 to 20 (3).")
    private @Nullable Integer maxRetries;

    @Option(names = "--priority", paramLabel = "N", description = "-100 to 100, higher is first (0).")
    private @Nullable Integer priority;

    @Option(names = "--webhook", paramLabel = "URL", description = "Told once when the batch is final.")
    private @Nullable String webhook;

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "The same again brings the first batch again.")
    private @Nullable String idempotencyKey;

    @Option(names = "--watch", description = "Watches it to its end.")
    private boolean watch;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var order = new BatchOrder(
                textOf("prompt", prompt, promptFile),
                providers,
                organization,
                name,
                concurrency,
                maxRetries,
                priority,
                webhook,
                idempotencyKey);
        if (!rows.equals(STDIN) && (!Files.isReadable(rows) || Files.isDirectory(rows))) {
            throw nonsense("%s can't be read".formatted(rows));
        }
        var batches = new BatchApi(api());
        var accepted = submit(batches, order);
        out().println(accepted.batchId());
        out().flush();
        err().println("Accepted: %s, %s."
                .formatted(
                        Words.counted(accepted.rows(), "row", "rows"),
                        Words.counted(accepted.tasks(), "task", "tasks")));
        return !watch || new Watch(batches, Screen.standard(err())).until(accepted.batchId()) ? DONE : NOT_DONE;
    }

    private BatchApi.Accepted submit(BatchApi batches, BatchOrder order) throws IOException {
        try {
            return batches.submit(order, body());
        } catch (ApiFailure.Refused e) {
            e.badLines().forEach(bad -> err().printf("%s:%d: %s%n", rows, bad.line(), bad.message()));
            throw e;
        }
    }

    private BodyPublisher body() throws IOException {
        if (rows.equals(STDIN)) {
            return BodyPublishers.ofInputStream(SubmitCommand::standardInput);
        }
        return BodyPublishers.ofFile(rows);
    }

    private static InputStream standardInput() {
        return System.in;
    }
}
