package dev.rollcall.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The CSV files under `deploy/local/demo`, and one large organization that is made up.
public record DemoData(Path folder, URI simulator) {

    /// Where the files expect the simulator: where `up` puts it.
    private static final String USUAL_SIMULATOR = "http://127.0.0.1:8083/";

    /// Where the files put the number of calls a provider takes at one time, and what follows it.
    private static final String CONCURRENCY = ",8,2000,";

    public static DemoData of(Path home, URI simulator) {
        return new DemoData(home.resolve("deploy/local/demo"), simulator);
    }

    public byte[] organizations() {
        return read("organizations.csv").getBytes(UTF_8);
    }

    public byte[] prompts() {
        return read("prompts.csv").getBytes(UTF_8);
    }

    /// @param concurrency calls at one time for each provider; 0 leaves what the file says
    public byte[] providers(int concurrency) {
        String csv = read("providers.csv").replace(USUAL_SIMULATOR, simulator + "/");
        return (concurrency == 0 ? csv : csv.replace(CONCURRENCY, ",%d,2000,".formatted(concurrency))).getBytes(UTF_8);
    }

    /// One large organization; all the others rest.
    public byte[] onlyLargeOrganization() {
        String others = read("organizations.csv").replace(",true\n", ",false\n");
        return (others + "grand-central,Grand Central Media,true\n").getBytes(UTF_8);
    }

    public byte[] largePrompts(int count) {
        String rows = IntStream.rangeClosed(1, count)
                .mapToObj("grand-central,p%1$04d,How visible is Grand Central Media for topic %1$d?\n"::formatted)
                .collect(Collectors.joining());
        return ("organization,id,text\n" + rows).getBytes(UTF_8);
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's data can't be read: " + folder.resolve(name), e);
        }
    }
}
