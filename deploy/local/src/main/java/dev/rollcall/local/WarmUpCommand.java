package dev.rollcall.local;

import dev.rollcall.local.client.JobApi;
import dev.rollcall.local.client.JobOrder;
import dev.rollcall.local.demo.SilentNight;
import dev.rollcall.local.system.Blueprint;
import dev.rollcall.local.system.LocalSystem;
import dev.rollcall.local.system.Service;
import dev.rollcall.servers.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;

/// Runs a small night and some jobs once, so that the services can record what makes their later starts quick: which
/// classes they load, and which methods are worth compiling. Part of the build.
@Command(name = "warm-up", hidden = true, description = "Records the services' ahead-of-time caches.")
final class WarmUpCommand implements Callable<Integer> {

    private static final int JOBS = 2000;
    /// One of the demo's.
    private static final String ORGANIZATION = "basalt-outdoor";

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path home = RepositoryRoot.find();
        Path folder = Files.createTempDirectory("rollcall-warm-up-");
        var blueprint = Blueprint.small(home, folder)
                .thatRecords()
                .with(Service.TRIGGER, "ROLLCALL_API_REQUESTS_PER_SECOND", "0");
        try (var system = LocalSystem.start(blueprint)) {
            SilentNight.run(system);
            submitJobs(system);
        } finally {
            Folders.delete(folder);
        }
        return 0;
    }

    private static void submitJobs(LocalSystem system) {
        var jobs = new JobApi(system.api("trigger"));
        var job = new JobOrder("sleep", JobApi.payload("{\"millis\":0}"), null, null, null, null, null);
        IntStream.range(0, JOBS).parallel().forEach(n -> jobs.submit(job, ORGANIZATION));
    }
}
