package dev.rollcall.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.servers.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the documents name must be there.
class DocumentsTest {
    private static final Path HOME = RepositoryRoot.find();
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern COMMAND = Pattern.compile("\\./rollcall ([a-z][a-z-]*)");

    static Stream<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(HOME.resolve("README.md"), HOME.resolve("CONTRIBUTING.md")));
        try (Stream<Path> docs = Files.walk(HOME.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
        }
        return documents.stream();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsSomewhere(Path document) throws IOException {
        String text = Files.readString(document);
        assertThat(LINK.matcher(text).results().map(link -> document.resolveSibling(link.group(1))))
                .allMatch(Files::exists);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyCommandIsThere(Path document) throws IOException {
        Set<String> known =
                new TreeSet<>(Rollcall.commandLine().getSubcommands().keySet());
        known.addAll(List.of("test", "build", "lab", "bench"));
        String text = Files.readString(document);
        assertThat(known)
                .containsAll(
                        COMMAND.matcher(text).results().map(c -> c.group(1)).toList());
    }
}
