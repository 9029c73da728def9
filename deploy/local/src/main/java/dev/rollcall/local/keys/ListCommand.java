package dev.rollcall.local.keys;

import dev.rollcall.local.client.KeyApi;
import dev.rollcall.local.client.KeyApi.Key;
import dev.rollcall.local.connection.TriggerCommand;
import dev.rollcall.local.terminal.Table;
import dev.rollcall.local.terminal.Words;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "list", description = "The keys there are.", mixinStandardHelpOptions = true)
final class ListCommand extends TriggerCommand {

    @Option(names = "--organization", paramLabel = "ID", description = "Only of this one, for an operator's key.")
    private @Nullable String organization;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "200", description = "At most (${DEFAULT-VALUE}).")
    private int limit = 200;

    @Override
    public Integer call() {
        var page = new KeyApi(api()).list(organization, limit);
        var table = new Table("id", "name", "organization", "scopes", "state", "created", "expires");
        for (Key key : page.itemsOrNone()) {
            table.row(
                    key.keyId(),
                    key.name(),
                    key.organization(),
                    String.join(" ", Objects.requireNonNullElse(key.scopes(), List.of())),
                    state(key, Instant.now()),
                    Words.when(key.createdAt()),
                    Words.when(key.expiresAt()));
        }
        say(table.lines());
        sayMore(page);
        return DONE;
    }

    private static String state(Key key, Instant now) {
        if (key.revokedAt() != null) {
            return "revoked";
        }
        return key.expiresAt() != null && !key.expiresAt().isAfter(now) ? "expired" : "good";
    }
}
