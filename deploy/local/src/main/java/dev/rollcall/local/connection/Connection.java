package dev.rollcall.local.connection;

import dev.rollcall.local.client.Api;
import dev.rollcall.local.system.PortPlan;
import dev.rollcall.local.system.SecretFile;
import dev.rollcall.servers.RepositoryRoot;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Where the trigger-service is, and the key that lets one in. A key is never a command's argument: others can read
/// those.
public final class Connection {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:" + PortPlan.USUAL,
            description = "The trigger-service (${DEFAULT-VALUE}).")
    private URI url = URI.create("http://127.0.0.1:" + PortPlan.USUAL);

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "Holds the key. Otherwise it is ROLLCALL_KEY, or what 'up' made up in data/operator-key.")
    private @Nullable Path keyFile;

    public URI url() {
        return requireHttp("--url", url);
    }

    /// The trigger-service, with a key.
    public Api api() {
        return new Api(url(), "", key());
    }

    URI requireHttp(String option, URI given) {
        if (given.getHost() == null || !("http".equals(given.getScheme()) || "https".equals(given.getScheme()))) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s wants an address such as http://127.0.0.1:8080, not '%s'".formatted(option, given));
        }
        return given;
    }

    private String key() {
        return toldKey()
                .or(Connection::usualKey)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "No key: set ROLLCALL_KEY, or give a file with --key-file (there is none in %s)"
                                .formatted(usualData())));
    }

    /// The key that the caller names.
    Optional<String> toldKey() {
        return new Secret(spec, "--key-file", keyFile, "ROLLCALL_KEY").read();
    }

    /// The operator's key that `up` has made up.
    static Optional<String> usualKey() {
        return SecretFile.operatorKey(usualData()).read();
    }

    /// Where `up` keeps its data unless told otherwise.
    public static Path usualData() {
        return RepositoryRoot.find().resolve("data");
    }
}
