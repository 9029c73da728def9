package dev.rollcall.local.keys;

import dev.rollcall.local.client.KeyApi;
import dev.rollcall.local.connection.Span;
import dev.rollcall.local.connection.TriggerCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "create",
        description = "Makes a key and prints it, this once and alone on standard output.",
        mixinStandardHelpOptions = true)
final class CreateCommand extends TriggerCommand {

    @Option(names = "--organization", paramLabel = "ID", description = "Whose key it is, for an operator's key.")
    private @Nullable String organization;

    @Option(names = "--name", paramLabel = "TEXT", required = true, description = "What you call it.")
    private String name = "";

    @Option(
            names = "--scope",
            paramLabel = "S",
            required = true,
            description = "What it may: read, write, operate; repeatable.")
    private List<String> scopes = List.of();

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            converter = Span.class,
            description = "Good for so long, such as 90d (for ever).")
    private @Nullable Duration expires;

    @Override
    public Integer call() {
        Instant end = expires == null ? null : Instant.now().plus(expires);
        var created = new KeyApi(api()).create(new KeyApi.Order(name, scopes, end), organization);
        out().println(created.key());
        err().println("Key %s; it is not shown again.".formatted(created.keyId()));
        return DONE;
    }
}
