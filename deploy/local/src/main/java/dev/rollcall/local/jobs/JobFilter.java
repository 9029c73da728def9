package dev.rollcall.local.jobs;

import dev.rollcall.local.client.JobApi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which jobs are meant.
final class JobFilter {

    static final String STATUSES = "pending, processing, completed, failed, cancelled";

    @Option(names = "--status", paramLabel = "S", description = "Only those: " + STATUSES + ".")
    private @Nullable String status;

    @Option(names = "--type", paramLabel = "T", description = "Only those: prompt, http, sleep, webhook.")
    private @Nullable String type;

    JobApi.Filter filter() {
        return new JobApi.Filter(status, type);
    }

    boolean isEmpty() {
        return status == null && type == null;
    }
}
