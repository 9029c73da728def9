package dev.rollcall.local.keys;

import dev.rollcall.local.client.KeyApi;
import dev.rollcall.local.connection.TriggerCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "signing-secret",
        description = "Makes the secret that webhooks are signed with, in place of the one before, and prints it once.",
        mixinStandardHelpOptions = true)
final class SigningSecretCommand extends TriggerCommand {

    @Option(names = "--organization", paramLabel = "ID", description = "Whose webhooks, for an operator's key.")
    private @Nullable String organization;

    @Override
    public Integer call() {
        out().println(new KeyApi(api()).newSigningSecret(organization));
        err().println("It is not shown again. What is sent from now on is signed with it.");
        return DONE;
    }
}
