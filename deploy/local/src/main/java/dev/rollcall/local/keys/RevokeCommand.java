package dev.rollcall.local.keys;

import dev.rollcall.local.client.KeyApi;
import dev.rollcall.local.connection.TriggerCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "revoke", description = "Makes a key worthless, at once.", mixinStandardHelpOptions = true)
final class RevokeCommand extends TriggerCommand {

    @Parameters(index = "0", paramLabel = "ID", description = "The key's id, as 'keys list' shows it.")
    private String id = "";

    @Override
    public Integer call() {
        if (id.startsWith("rc_")) {
            throw nonsense("Give the key's id, not the key itself: others can read what a command is given");
        }
        new KeyApi(api()).revoke(id);
        out().println("Key %s is revoked.".formatted(id));
        return DONE;
    }
}
