package dev.rollcall.lab;

import dev.rollcall.lab.fault.Fault;
import dev.rollcall.lab.mutation.Mutation;
import dev.rollcall.lab.mutation.Proof;
import dev.rollcall.lab.report.Report;
import dev.rollcall.lab.report.Result;
import dev.rollcall.local.client.ApiFailure;
import dev.rollcall.local.system.SystemFailure;
import dev.rollcall.local.terminal.Screen;
import dev.rollcall.servers.ServerFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./rollcall lab`. Exit codes: 0 every invariant held, 1 not, 2 bad usage.
@Command(
        name = "rollcall lab",
        description = "Hurts a whole system in many ways and judges from outside what became of the work.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit codes: 0 every invariant held, 1 not, 2 bad usage."})
final class LabCommand implements Callable<Integer> {

    private enum FaultSet {
        SHORT,
        LONG
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--list", description = "Names the faults.")
    private boolean list;

    @Option(names = "--faults", split = ",", paramLabel = "ID", description = "These faults only.")
    private @Nullable List<String> faults;

    @Option(names = "--set", defaultValue = "LONG", description = "short or long (${DEFAULT-VALUE}).")
    private FaultSet set = FaultSet.LONG;

    @Option(names = "--seed", paramLabel = "N", description = "Replays the choices of an earlier run.")
    private @Nullable Long seed;

    @Option(names = "--folder", paramLabel = "DIR", description = "Keeps data, logs and records (a temporary one).")
    private @Nullable Path folder;

    @Option(
            names = "--mutation",
            split = ",",
            paramLabel = "NAME",
            description = "Breaks a promise on purpose and demands that it is noticed; `all` for every one.")
    private @Nullable List<String> mutations;

    @Option(names = "--brief", description = "The short set's durations for the faults that are named.")
    private boolean brief;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LabCommand())
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> {
                    if (failure instanceof LabFailure
                            || failure instanceof SystemFailure
                            || failure instanceof ServerFailure
                            || failure instanceof ApiFailure) {
                        commandLine.getErr().println(failure.getMessage());
                        failure.printStackTrace(commandLine.getErr());
                        return 1;
                    }
                    throw failure;
                })
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        var screen = Screen.standard(spec.commandLine().getOut());
        if (list) {
            Arrays.stream(Fault.values())
                    .map(fault -> "%-5s %-6s %s".formatted(fault, fault.isShort() ? "short" : "", fault.sentence()))
                    .forEach(screen::say);
            Arrays.stream(Mutation.values())
                    .map(mutation -> "%-16s %s".formatted(mutation.id(), mutation.sentence()))
                    .forEach(screen::say);
            return 0;
        }
        Path kept = folder == null ? Files.createTempDirectory("rollcall-lab-") : folder;
        long chosen = seed == null ? ThreadLocalRandom.current().nextLong(1_000_000) : seed;
        if (mutations != null) {
            return prove(kept, chosen, screen);
        }
        boolean thorough = !brief && set == FaultSet.LONG;
        List<Result> results = new Session(kept, chosen, thorough, screen::say).run(faults(), Terms.SHORT);
        screen.say("");
        screen.say(Report.lines(results));
        boolean holds = results.stream().allMatch(Result::holds);
        screen.say("");
        screen.say(
                holds
                        ? "Every invariant held."
                        : "Something broke. Everything that was seen is in %s; replay with --seed %d."
                                .formatted(kept, chosen));
        return holds ? 0 : 1;
    }

    private int prove(Path kept, long chosen, Screen screen) {
        var unnoticed = new ArrayList<String>();
        for (Mutation mutation : mutations()) {
            if (!Proof.of(mutation, kept.resolve(mutation.id()), chosen, screen::say)) {
                unnoticed.add(mutation.id());
            }
        }
        screen.say(
                unnoticed.isEmpty()
                        ? "Every broken promise was noticed."
                        : "Not noticed: %s. Everything that was seen is in %s.".formatted(unnoticed, kept));
        return unnoticed.isEmpty() ? 0 : 1;
    }

    private List<Mutation> mutations() {
        try {
            return mutations == null || mutations.contains("all")
                    ? List.of(Mutation.values())
                    : mutations.stream().map(Mutation::of).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private List<Fault> faults() {
        try {
            return faults != null
                    ? faults.stream().map(Fault::of).toList()
                    : set == FaultSet.SHORT ? Fault.shortSet() : Fault.longSet();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}
