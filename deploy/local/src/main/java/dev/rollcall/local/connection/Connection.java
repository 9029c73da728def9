package dev.rollcall.local;

import dev.rollcall.local.client.Api;
import dev.rollcall.local.client.TriggerApi;
import dev.rollcall.local.system.PortPlan;
import dev.rollcall.local.system.SecretFile;
import dev.rollcall.servers.RepositoryRoot;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Where the system is and what lets one in. The secret is never a command's argument: others can read those.
final class Connection {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:" + PortPlan.USUAL,
            description = "The trigger-service (${DEFAULT-VALUE}).")
    private URI url = URI.create("http://127.0.0.1:" + PortPlan.USUAL);

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description =
                    "Holds the cron secret. Otherwise it is ROLLCALL_CRON_SECRET, or what 'up' made up in data/cron-secret.")
    private @Nullable Path secretFile;

    URI url() {
        return requireHttp("--url", url);
    }

    URI requireHttp(String option, URI given) {
        if (given.getHost() == null || !("http".equals(given.getScheme()) || "https".equals(given.getScheme()))) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s wants an address such as http://127.0.0.1:8080, not '%s'".formatted(option, given));
        }
        return given;
    }

    TriggerApi trigger() {
        return new TriggerApi(api(url()));
    }

    Api api(URI base) {
        return new Api(base, secret());
    }

    private String secret() {
        if (secretFile != null) {
            if (!Files.isReadable(secretFile)) {
                throw new ParameterException(
                        spec.commandLine(), "--secret-file: %s can't be read".formatted(secretFile));
            }
            return new SecretFile(secretFile)
                    .read()
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(), "--secret-file: %s is empty".formatted(secretFile)));
        }
        return Optional.ofNullable(System.getenv("ROLLCALL_CRON_SECRET"))
                .map(String::strip)
                .filter(secret -> !secret.isEmpty())
                .or(() -> SecretFile.in(usualData()).read())
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "No cron secret: set ROLLCALL_CRON_SECRET, or give a file with --secret-file (there is none in %s)"
                                .formatted(usualData())));
    }

    /// Where `up` keeps its data unless told otherwise.
    static Path usualData() {
        return RepositoryRoot.find().resolve("data");
    }
}
