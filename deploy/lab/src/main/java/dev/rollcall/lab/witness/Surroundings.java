package dev.rollcall.lab.witness;

import dev.rollcall.lab.Laboratory;
import dev.rollcall.lab.load.Tenants;
import dev.rollcall.local.client.Api;
import dev.rollcall.local.client.ApiFailure;
import dev.rollcall.local.system.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Looks around as each organization, with its own key: at its own things, and at those of others.
final class Surroundings {

    private static final Pattern CANARY = Pattern.compile("canary-([a-z]+)-[0-9a-f]{8}");
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final int MOST_BATCHES = 3;

    private final Laboratory lab;
    private final String trigger;

    Surroundings(Laboratory lab) {
        this.lab = lab;
        this.trigger = lab.names(Service.TRIGGER).getLast();
    }

    List<Sight> sights(List<Batch> batches) {
        var sights = new ArrayList<Sight>();
        for (String organization : Tenants.NAMES) {
            Api api = lab.tenants().api(organization, trigger);
            sights.add(look(api, organization, "/api/batch?limit=200", true));
            sights.add(look(api, organization, "/api/jobs?limit=200", true));
            var rows = batches.stream()
                    .filter(batch -> batch.kind().equals("rows"))
                    .toList();
            rows.reversed().stream().limit(MOST_BATCHES).forEach(batch -> {
                boolean own = batch.organization().equals(organization);
                String path = "/api/batch/" + batch.id();
                sights.add(look(api, organization, path, own));
                sights.add(look(api, organization, path + "/results?format=jsonl", own));
                sights.add(look(api, organization, path + "/rows?limit=200", own));
            });
        }
        return sights;
    }

    private static Sight look(Api api, String organization, String path, boolean own) {
        try {
            String text = api.text(path);
            var foreign = CANARY.matcher(text)
                    .results()
                    .filter(canary -> !canary.group(1).equals(organization))
                    .map(MatchResult::group)
                    .distinct()
                    .toList();
            return new Sight(organization, path, own, OK, foreign);
        } catch (ApiFailure.Refused no) {
            return new Sight(organization, path, own, no.status(), List.of());
        } catch (ApiFailure.Unreachable ill) {
            return new Sight(organization, path, own, UNAVAILABLE, List.of());
        }
    }
}
