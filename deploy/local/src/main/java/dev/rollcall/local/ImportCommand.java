package dev.rollcall.local;

import dev.rollcall.local.client.ApiFailure;
import dev.rollcall.local.client.ImportCounts;
import dev.rollcall.local.client.TriggerApi;
import dev.rollcall.local.connection.SecretConnection;
import dev.rollcall.local.terminal.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        description =
                "Brings in organizations, prompts and providers from CSV files; again changes only what is different.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit codes: 0 imported, 1 a file was refused (nothing of it is imported), 2 bad usage."})
final class ImportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SecretConnection connection = new SecretConnection();

    @Option(names = "--organizations", paramLabel = "FILE", description = "Columns: id,name,active.")
    private @Nullable Path organizations;

    @Option(names = "--prompts", paramLabel = "FILE", description = "Columns: organization,id,text,active.")
    private @Nullable Path prompts;

    @Option(
            names = "--providers",
            paramLabel = "FILE",
            description =
                    "Columns: id,protocol,base_url,model,key_variable,concurrency,connect_timeout_ms,total_timeout_ms,active.")
    private @Nullable Path providers;

    @Override
    public Integer call() throws IOException {
        var files = files();
        TriggerApi trigger = connection.trigger();
        for (var file : files.entrySet()) {
            if (!sent(trigger, file.getKey(), file.getValue())) {
                return 1;
            }
        }
        return 0;
    }

    /// In the order in which they refer to each other.
    private Map<String, Path> files() {
        var files = new LinkedHashMap<String, Path>();
        add(files, "organizations", organizations);
        add(files, "prompts", prompts);
        add(files, "providers", providers);
        if (files.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "Name at least one file: --organizations, --prompts or --providers");
        }
        return files;
    }

    private void add(Map<String, Path> files, String what, @Nullable Path file) {
        if (file == null) {
            return;
        }
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new ParameterException(
                    spec.commandLine(), "--%s: there is no readable file %s".formatted(what, file));
        }
        files.put(what, file);
    }

    private boolean sent(TriggerApi trigger, String what, Path file) throws IOException {
        var commandLine = spec.commandLine();
        try {
            ImportCounts counts = trigger.put(what, Files.readAllBytes(file));
            commandLine
                    .getOut()
                    .printf(
                            "%-13s %s: %s created, %s updated, %s unchanged%n",
                            what,
                            Words.counted(counts.rows(), "row", "rows"),
                            Words.count(counts.created()),
                            Words.count(counts.updated()),
                            Words.count(counts.unchanged()));
            return true;
        } catch (ApiFailure.Refused e) {
            e.badLines().forEach(bad -> commandLine.getErr().printf("%s:%d: %s%n", file, bad.line(), bad.message()));
            commandLine.getErr().printf("%s: refused, nothing of it is imported: %s%n", file, e.getMessage());
        } catch (ApiFailure.Unreachable e) {
            commandLine.getErr().println(e.getMessage());
        }
        return false;
    }
}
