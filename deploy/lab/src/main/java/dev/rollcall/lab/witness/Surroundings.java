package dev.rollcall.lab.witness;

import dev.rollcall.lab.Laboratory;
import dev.rollcall.lab.load.Tenants;
import dev.rollcall.local.client.Api;
import dev.rollcall.local.system.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Looks around as each organization, with its own key: at its own things, and at those of others.
final class Surroundings {

    private static final int MOST = 3;
    private static final List<String> BATCH_ACTIONS = List.of("cancel", "resume", "pause");
    private static final List<String> JOB_ACTIONS = List.of("cancel", "retry");

    private final Laboratory lab;
    private final String trigger;
    private final Eyes eyes;

    Surroundings(Laboratory lab, Eyes eyes) {
        this.lab = lab;
        this.trigger = lab.names(Service.TRIGGER).getLast();
        this.eyes = eyes;
    }

    /// Of the newest batches of rows and jobs, one's own are looked at, and others' are also to be changed.
    List<Sight> sights(List<Batch> batches, List<Task> tasks) {
        var rows = newest(batches.stream().filter(batch -> batch.kind().equals("rows")));
        var jobs = newest(tasks.stream().filter(task -> task.kind().equals("jobs")));
        var sights = new ArrayList<Sight>();
        for (String organization : Tenants.NAMES) {
            Api api = lab.tenants().api(organization, trigger);
            sights.add(eyes.look(api, organization, "/api/batch?limit=200", true));
            sights.add(eyes.look(api, organization, "/api/jobs?limit=200", true));
            for (Batch batch : rows) {
                boolean own = batch.organization().equals(organization);
                String path = "/api/batch/" + batch.id();
                sights.add(eyes.look(api, organization, path, own));
                sights.add(eyes.look(api, organization, path + "/results?format=jsonl", own));
                sights.add(eyes.look(api, organization, path + "/rows?limit=200", own));
                if (!own) {
                    BATCH_ACTIONS.forEach(action ->
                            sights.add(eyes.change(api, organization, "PATCH", path, Map.of("action", action))));
                }
            }
            for (Task job : jobs) {
                boolean own = job.organization().equals(organization);
                String path = "/api/jobs/" + job.id();
                sights.add(eyes.look(api, organization, path, own));
                if (!own) {
                    JOB_ACTIONS.forEach(action ->
                            sights.add(eyes.change(api, organization, "POST", path + "/" + action, Map.of())));
                }
            }
        }
        return sights;
    }

    private static <T> List<T> newest(Stream<T> things) {
        return things.toList().reversed().stream().limit(MOST).toList();
    }
}
