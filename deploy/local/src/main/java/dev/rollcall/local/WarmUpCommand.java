package dev.rollcall.local;

import dev.rollcall.local.demo.SilentNight;
import dev.rollcall.local.system.Blueprint;
import dev.rollcall.local.system.LocalSystem;
import dev.rollcall.servers.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Runs a small night once, so that the services can record what makes their later starts quick. Part of the build.
@Command(name = "warm-up", hidden = true, description = "Records the services' ahead-of-time caches.")
final class WarmUpCommand implements Callable<Integer> {

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path home = RepositoryRoot.find();
        Path folder = Files.createTempDirectory("rollcall-warm-up-");
        try (var system = LocalSystem.start(Blueprint.small(home, folder).thatRecords())) {
            SilentNight.run(system);
        } finally {
            Folders.delete(folder);
        }
        return 0;
    }
}
