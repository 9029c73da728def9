package dev.rollcall.local.connection;

import dev.rollcall.local.client.Api;
import dev.rollcall.local.client.PostcheckApi;
import dev.rollcall.local.client.TriggerApi;
import dev.rollcall.local.system.SecretFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A connection for what the scheduler's secret lets in: the nightly run and the catalog.
public final class SecretConnection {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Connection connection = new Connection();

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description =
                    "Holds the cron secret. Otherwise it is ROLLCALL_CRON_SECRET, or what 'up' made up in data/cron-secret.")
    private @Nullable Path secretFile;

    public URI url() {
        return connection.url();
    }

    public URI requireHttp(String option, URI given) {
        return connection.requireHttp(option, given);
    }

    /// With the secret, and with a key if there is one.
    public TriggerApi trigger() {
        // whoever names the secret speaks of another system than ours: our key would only be wrong there
        var ours = told().isPresent() ? Optional.<String>empty() : Connection.usualKey();
        return new TriggerApi(
                new Api(url(), secret(), connection.toldKey().or(() -> ours).orElse("")));
    }

    public PostcheckApi postcheck(URI address) {
        return new PostcheckApi(new Api(address, secret()));
    }

    private Optional<String> told() {
        return new Secret(spec, "--secret-file", secretFile, "ROLLCALL_CRON_SECRET").read();
    }

    private String secret() {
        return told().or(() -> SecretFile.in(Connection.usualData()).read())
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "No cron secret: set ROLLCALL_CRON_SECRET, or give a file with --secret-file (there is none in %s)"
                                .formatted(Connection.usualData())));
    }
}
