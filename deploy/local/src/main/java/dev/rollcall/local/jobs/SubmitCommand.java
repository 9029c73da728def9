package dev.rollcall.local.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.local.client.JobApi;
import dev.rollcall.local.client.JobOrder;
import dev.rollcall.local.connection.TriggerCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "submit", description = "Hands in a job. Prints its number.", mixinStandardHelpOptions = true)
final class SubmitCommand extends TriggerCommand {

    @Parameters(index = "0", paramLabel = "TYPE", description = "prompt, http or sleep.")
    private String type = "";

    @Option(names = "--payload", paramLabel = "JSON", description = "What to do, such as '{\"url\":\"http://...\"}'.")
    private @Nullable String payload;

    @Option(names = "--payload-file", paramLabel = "FILE", description = "Holds it.")
    private @Nullable Path payloadFile;

    @Option(names = "--organization", paramLabel = "ID", description = "Whose job it is, for an operator's key.")
    private @Nullable String organization;

    @Option(names = "--priority", paramLabel = "N", description = "-100 to 100, higher is first (0).")
    private @Nullable Integer priority;

    @Option(names = "--max-retries", paramLabel = "N", description = "Retries, 0 to 20 (3).")
    private @Nullable Integer maxRetries;

    @Option(names = "--not-before", paramLabel = "TIME", description = "Not before, such as 2026-11-22T03:00:00Z.")
    private @Nullable Instant notBefore;

    @Option(names = "--idempotency-key", paramLabel = "KEY", description = "The same again brings the first job again.")
    private @Nullable String idempotencyKey;

    @Option(names = "--webhook", paramLabel = "URL", description = "Told once when the job is final.")
    private @Nullable String webhook;

    @Override
    public Integer call() throws IOException {
        var order = new JobOrder(type, payload(), priority, maxRetries, notBefore, idempotencyKey, webhook);
        out().println(new JobApi(api()).submit(order, organization));
        return DONE;
    }

    private JsonNode payload() throws IOException {
        String text = textOf("payload", payload, payloadFile);
        try {
            return JobApi.payload(text);
        } catch (IllegalArgumentException e) {
            throw nonsense(String.valueOf(e.getMessage()));
        }
    }
}
