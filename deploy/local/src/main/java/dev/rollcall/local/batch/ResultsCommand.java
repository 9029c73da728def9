package dev.rollcall.local.batch;

import dev.rollcall.local.client.BatchApi;
import dev.rollcall.local.connection.TriggerCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "results",
        description = "The results so far, also while the batch runs.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit codes: 0 all written, 1 not (a file is not touched then), 2 bad usage."})
final class ResultsCommand extends TriggerCommand {

    @Parameters(index = "0", paramLabel = "ID", description = "The batch's number.")
    private String id = "";

    @Option(
            names = "--format",
            paramLabel = "F",
            defaultValue = "csv",
            description = "csv or jsonl (${DEFAULT-VALUE}).")
    private BatchApi.Format format = BatchApi.Format.CSV;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Written there instead of to standard output.")
    private @Nullable Path file;

    @Override
    public Integer call() {
        var batches = new BatchApi(api());
        try {
            if (file == null) {
                print(batches);
            } else {
                write(batches, file.toAbsolutePath());
            }
            return DONE;
        } catch (IOException e) {
            // whoever reads has gone, or the disk is full
            err().println("The results can't be written: " + e.getMessage());
            return NOT_DONE;
        }
    }

    private void print(BatchApi batches) throws IOException {
        // the bytes as they are, whatever this terminal's encoding
        try (var standard = new FileOutputStream(FileDescriptor.out)) {
            batches.results(id, format, answer -> answer.transferTo(standard));
        }
    }

    /// Beside the file first, so that half an answer is never taken for a whole one.
    private void write(BatchApi batches, Path whole) throws IOException {
        Path folder = whole.getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(whole)) {
            throw nonsense("%s can't be written".formatted(whole));
        }
        Path part = whole.resolveSibling(whole.getFileName() + ".part");
        try {
            try (var out = Files.newOutputStream(part)) {
                batches.results(id, format, answer -> answer.transferTo(out));
            }
            Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
