package dev.rollcall.simulator.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.simulator.witness.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private final String readme;

    ReadmeTest() throws IOException {
        readme = Files.readString(Path.of("README.md"));
    }

    @Test
    void every_marker_it_shows_is_understood() {
        var markers = Pattern.compile("\\[\\[sim:[^]]+]]")
                .matcher(readme)
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(markers).hasSizeGreaterThan(10).allSatisfy(marker -> assertThat(Marker.in(marker))
                .hasSize(1));
    }

    @Test
    void every_field_kind_and_outcome_is_told() {
        assertThat(ModeJson.write(Mode.CALM).fieldNames()).allSatisfy(this::told);
        assertThat(Rubbish.values()).allSatisfy(kind -> told(kind.toString()));
        assertThat(Outcome.values()).allSatisfy(outcome -> told(outcome.toString()));
    }

    private void told(String name) {
        assertThat(readme).contains("`" + name + "`");
    }
}
