package dev.rollcall.lab.witness;

import dev.rollcall.lab.Laboratory;
import dev.rollcall.lab.load.Tenants;
import dev.rollcall.local.client.Api;
import dev.rollcall.local.system.Service;
import java.util.ArrayList;
import java.util.List;

/// Looks around as each organization, with its own key: at its own things, and at those of others.
final class Surroundings {

    private static final int MOST_BATCHES = 3;

    private final Laboratory lab;
    private final String trigger;
    private final Eyes eyes;

    Surroundings(Laboratory lab, Eyes eyes) {
        this.lab = lab;
        this.trigger = lab.names(Service.TRIGGER).getLast();
        this.eyes = eyes;
    }

    List<Sight> sights(List<Batch> batches) {
        var sights = new ArrayList<Sight>();
        for (String organization : Tenants.NAMES) {
            Api api = lab.tenants().api(organization, trigger);
            sights.add(eyes.look(api, organization, "/api/batch?limit=200", true));
            sights.add(eyes.look(api, organization, "/api/jobs?limit=200", true));
            var rows = batches.stream()
                    .filter(batch -> batch.kind().equals("rows"))
                    .toList();
            rows.reversed().stream().limit(MOST_BATCHES).forEach(batch -> {
                boolean own = batch.organization().equals(organization);
                String path = "/api/batch/" + batch.id();
                sights.add(eyes.look(api, organization, path, own));
                sights.add(eyes.look(api, organization, path + "/results?format=jsonl", own));
                sights.add(eyes.look(api, organization, path + "/rows?limit=200", own));
            });
        }
        return sights;
    }
}
