package dev.rollcall.local;

import dev.rollcall.local.batch.BatchCommand;
import dev.rollcall.local.client.ApiFailure;
import dev.rollcall.local.jobs.JobsCommand;
import dev.rollcall.local.keys.KeysCommand;
import dev.rollcall.local.queues.QueuesCommand;
import dev.rollcall.local.system.SystemFailure;
import dev.rollcall.servers.ServerFailure;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command line behind the script `rollcall`. Exit codes: 0 done, 1 not done, 2 bad usage.
@Command(
        name = "rollcall",
        description = "Runs work that must happen, and proves that all of it did.",
        mixinStandardHelpOptions = true,
        versionProvider = Rollcall.Version.class,
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            ImportCommand.class,
            CheckCommand.class,
            BatchCommand.class,
            JobsCommand.class,
            QueuesCommand.class,
            KeysCommand.class,
            WarmUpCommand.class,
            VersionCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Of the script itself:",
            "  test    Every test (./mvnw verify; what follows is passed on).",
            "  build   Builds everything.",
            "  lab     Hurts a whole system in many ways and judges what became of the work.",
            "  bench   Measures it beside its peers (bench --help).",
            "",
            "Exit codes: 0 done, 1 not done, 2 bad usage."
        })
final class Rollcall implements Runnable {

    private static final int NOT_DONE = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Rollcall())
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> {
                    if (isTold(failure)) {
                        commandLine.getErr().println(failure.getMessage());
                        return NOT_DONE;
                    }
                    throw failure; // a defect: show all of it
                })
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /// Whether its message is for a person already.
    private static boolean isTold(Exception failure) {
        return failure instanceof SystemFailure || failure instanceof ServerFailure || failure instanceof ApiFailure;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do.");
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Rollcall.class.getPackage().getImplementationVersion();
            return new String[] {"Rollcall " + Objects.requireNonNullElse(version, "(not packaged)")};
        }
    }
}
