package dev.rollcall.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryRootTest {

    @Test
    void isFoundFromAnyFolderInside() {
        assertThat(RepositoryRoot.upwardFrom(Path.of("src/main").toAbsolutePath()))
                .isEqualTo(RepositoryRoot.find());
        assertThat(RepositoryRoot.find().resolve("mvnw")).exists();
    }

    @Test
    void outsideItSaysHowToNameIt(@TempDir Path elsewhere) {
        assertThatThrownBy(() -> RepositoryRoot.upwardFrom(elsewhere)).hasMessageContaining("-Drollcall.home=");
    }
}
