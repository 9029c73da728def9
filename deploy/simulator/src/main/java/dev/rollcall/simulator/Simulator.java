package dev.rollcall.simulator;

import dev.rollcall.simulator.behaviour.Mode;
import dev.rollcall.simulator.behaviour.ModeJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// Starts a simulator and runs until it is told to stop (SIGTERM, SIGINT).
@Command(
        name = "simulator",
        mixinStandardHelpOptions = true,
        description = "Answers as OpenAI, Anthropic and Gemini do, as slowly and as badly as it is told.")
public final class Simulator implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to listen on (${DEFAULT-VALUE}).")
    private String host = "";

    @Option(names = "--port", defaultValue = "0", description = "Port to listen on; 0 is any free one.")
    private int port;

    @Option(names = "--seed", defaultValue = "1", description = "What the dice start from (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--log", defaultValue = "calls.jsonl", description = "Call log, appended to (${DEFAULT-VALUE}).")
    private Path log = Path.of("");

    @Option(
            names = "--mode",
            converter = ModeConverter.class,
            paramLabel = "k=v,...",
            description = "Behaviour from the start, such as latency=100..300,errorRate=0.1, or the same as JSON.")
    private Mode mode = Mode.CALM;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Simulator()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        try {
            var server = SimulatorServer.start(new Settings(host, port, seed, log, mode));
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
            out.println("simulator listening on " + server.uri());
            out.flush();
        } catch (IOException | IllegalArgumentException e) {
            spec.commandLine().getErr().println("simulator can't start: " + e.getMessage());
            return 1;
        }
        // only a signal ends it
        new CountDownLatch(1).await();
        return 0;
    }

    static final class ModeConverter implements ITypeConverter<Mode> {
        @Override
        public Mode convert(String text) {
            try {
                return ModeJson.parse(text);
            } catch (IllegalArgumentException nonsense) {
                throw new TypeConversionException(nonsense.getMessage());
            }
        }
    }
}
