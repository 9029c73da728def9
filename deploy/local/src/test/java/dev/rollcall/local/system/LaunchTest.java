package dev.rollcall.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.local.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchTest {

    private static final String QUICK_COMPILER_ONLY = "-XX:TieredStopAtLevel=1";

    @TempDir
    Path home = Path.of("");

    @BeforeEach
    void build() throws IOException {
        for (Service service : Service.values()) {
            for (String folder : new String[] {"quarkus", "app", "lib/boot", "lib/main"}) {
                Files.createDirectories(service.application(home).resolve(folder));
            }
        }
    }

    @Test
    void a_short_life_does_without_the_optimizing_compiler_and_so_does_who_looks_after_work() {
        assertThat(launch(Purpose.BRIEF, Service.WORKER).command()).contains(QUICK_COMPILER_ONLY);
        assertThat(launch(Purpose.LASTING, Service.WORKER).command()).doesNotContain(QUICK_COMPILER_ONLY);
        assertThat(launch(Purpose.LASTING, Service.POSTCHECK).command()).contains(QUICK_COMPILER_ONLY);
        assertThat(launch(Purpose.RECORDING, Service.POSTCHECK).command()).doesNotContain(QUICK_COMPILER_ONLY);
    }

    @Test
    void whoever_does_not_record_starts_from_what_was_recorded() throws IOException {
        Path cache = Files.createFile(home.resolve("worker-service/target/worker.aot"));
        assertThat(launch(Purpose.BRIEF, Service.WORKER).command()).contains("-XX:AOTCache=" + cache);
        assertThat(launch(Purpose.LASTING, Service.WORKER).command()).contains("-XX:AOTCache=" + cache);
        assertThat(launch(Purpose.RECORDING, Service.WORKER).command())
                .contains("-XX:AOTCacheOutput=" + cache)
                .doesNotContain("-XX:AOTCache=" + cache);
    }

    @Test
    void only_the_trigger_is_told_the_operators_key() {
        assertThat(launch(Purpose.BRIEF, Service.TRIGGER).environment())
                .containsEntry("ROLLCALL_OPERATOR_KEY", "a-key");
        assertThat(launch(Purpose.BRIEF, Service.WORKER).environment()).doesNotContainValue("a-key");
    }

    private Program launch(Purpose purpose, Service service) {
        var blueprint =
                new Blueprint(home, home.resolve("data"), PortPlan.FREE, 1, false, "a-secret", Map.of(), purpose);
        return new Launch(blueprint, "jdbc:postgresql:x", "127.0.0.1:1", "a-key").service(service, service.title(), 1);
    }
}
