package dev.rollcall.local;

import dev.rollcall.local.check.Check;
import dev.rollcall.local.check.CheckOptions;
import dev.rollcall.local.connection.Patience;
import dev.rollcall.local.connection.SecretConnection;
import dev.rollcall.local.system.Service;
import dev.rollcall.local.terminal.Screen;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description = "Triggers the night, watches it, and verifies that all of it was done.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit codes: 0 all done, 1 not (failed tasks, time over, service out of reach, wrong secret), 2 bad usage.",
            "With --no-monitor, 0 says that the run is open."
        })
final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SecretConnection connection = new SecretConnection();

    @Option(names = "--force", description = "Opens a numbered repeat when the day is open already.")
    private boolean force;

    @Option(names = "--no-monitor", description = "Only triggers.")
    private boolean noMonitor;

    @Option(
            names = "--timeout",
            paramLabel = "MIN",
            defaultValue = "" + CheckOptions.USUAL_TIMEOUT_MINUTES,
            description = "Minutes to watch at most (${DEFAULT-VALUE}).")
    private int timeout = CheckOptions.USUAL_TIMEOUT_MINUTES;

    @Option(
            names = "--postcheck-url",
            paramLabel = "URL",
            description = "The postcheck-service (the port after the next of --url, as 'up' lays them out).")
    private @Nullable URI postcheckUrl;

    @Override
    public Integer call() throws InterruptedException {
        if (timeout < 1) {
            throw new ParameterException(spec.commandLine(), "--timeout is a number of minutes, at least 1");
        }
        var options = new CheckOptions(
                force, !noMonitor, Duration.ofMinutes(timeout), CheckOptions.USUAL_INTERVAL, Patience.USUAL);
        var check = new Check(
                connection.trigger(),
                connection.postcheck(postcheck()),
                Screen.standard(spec.commandLine().getOut()),
                options,
                Clock.systemUTC());
        return check.run() ? 0 : 1;
    }

    private URI postcheck() {
        if (postcheckUrl != null) {
            return connection.requireHttp("--postcheck-url", postcheckUrl);
        }
        URI trigger = connection.url();
        int port = trigger.getPort() == -1 ? -1 : trigger.getPort() + Service.POSTCHECK.ordinal();
        return URI.create("%s://%s%s".formatted(trigger.getScheme(), trigger.getHost(), port == -1 ? "" : ":" + port));
    }
}
