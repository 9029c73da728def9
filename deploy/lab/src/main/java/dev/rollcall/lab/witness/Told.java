package dev.rollcall.lab.witness;

import dev.rollcall.lab.Laboratory;
import dev.rollcall.lab.load.Work;
import dev.rollcall.local.client.ApiFailure;
import dev.rollcall.local.client.OrganizationStatus;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the services tell of a batch's counts over HTTP.
final class Told {

    private final Laboratory lab;
    private final Work work;

    Told(Laboratory lab) {
        this.lab = lab;
        this.work = new Work(lab, lab.witness().journal());
    }

    Batch of(Batch batch) {
        return new Batch(
                batch.id(),
                batch.organization(),
                batch.kind(),
                batch.run(),
                batch.closed(),
                batch.rows(),
                batch.tallies(),
                ask(batch));
    }

    /// A service that can't tell has told something wrong.
    private Map<String, Long> ask(Batch batch) {
        try {
            return told(batch);
        } catch (ApiFailure e) {
            return Map.of("running", -1L);
        }
    }

    private Map<String, Long> told(Batch batch) {
        Long run = batch.run();
        return switch (batch.kind()) {
            case "rows" -> rows(batch);
            case "nightly" -> night(batch, run);
            default -> Map.of();
        };
    }

    private Map<String, Long> rows(Batch batch) {
        var counts = work.batches(batch.organization(), work.trigger(1))
                .show(Long.toString(batch.id()))
                .counts();
        return Map.of(
                "pending", counts.pending(),
                "running", counts.running(),
                "succeeded", counts.succeeded(),
                "failed", counts.failed(),
                "cancelled", counts.cancelled());
    }

    private Map<String, Long> night(Batch batch, @Nullable Long run) {
        var status = lab.api(work.trigger(1))
                .get("/api/runs/%d/organizations/%s".formatted(run, batch.organization()), OrganizationStatus.class)
                .body();
        var counts = new HashMap<String, Long>();
        counts.put("pending", (long) status.pending());
        counts.put("running", (long) status.processing());
        counts.put("succeeded", (long) status.completed());
        counts.put("failed", (long) status.failed());
        counts.put("cancelled", (long) status.cancelled());
        return counts;
    }
}
