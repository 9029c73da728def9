package dev.rollcall.lab.witness;

import dev.rollcall.lab.Laboratory;
import dev.rollcall.local.client.ApiFailure;
import dev.rollcall.local.client.PostcheckApi;
import dev.rollcall.local.client.SimulatorApi.Call;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Counts a run's coverage anew from the simulator's log: a prompt is covered when each of its providers gave an answer
/// whose nonce is the result.
final class Recount {

    private record Prompt(long batch, String organization, String id) {

        String name() {
            return organization + "/" + id;
        }
    }

    private final List<Task> tasks;
    private final Set<Long> proven = new HashSet<>();

    Recount(List<Task> tasks, List<Ending> endings, List<Call> calls) {
        this.tasks = tasks;
        Map<Claim, String> nonces = new HashMap<>();
        for (Call call : calls) {
            if (call.outcome().equals("answered") && call.nonce() != null) {
                nonces.put(new Claim(call.task(), call.attempt()), call.nonce());
            }
        }
        for (Ending ending : endings) {
            if (ending.counts() && ending.nonce() != null && ending.nonce().equals(nonces.get(ending.claim()))) {
                proven.add(ending.claim().task());
            }
        }
    }

    List<Coverage> of(Laboratory lab, List<Run> runs, List<Batch> batches) {
        var postcheck = new PostcheckApi(lab.api("postcheck"));
        return runs.stream().map(run -> judge(postcheck, run, batches)).toList();
    }

    private Coverage judge(PostcheckApi postcheck, Run run, List<Batch> batches) {
        try {
            var prompts = postcheck.judge(run.key()).promptCoverage();
            Set<String> missing = new TreeSet<>();
            var byOrganization = prompts.missingPromptsByOrg();
            if (byOrganization != null) {
                byOrganization.forEach(
                        (organization, some) -> some.forEach(prompt -> missing.add(organization + "/" + prompt.id())));
            }
            return compare(run, batches, prompts.expectedActivePrompts(), prompts.promptsRunToday(), missing);
        } catch (ApiFailure e) {
            return new Coverage(run.key(), 0, 0, 0, 0, List.of("no judgement at all: " + e.getMessage()));
        }
    }

    private Coverage compare(Run run, List<Batch> batches, long expected, long covered, Set<String> missing) {
        Set<Long> ofRun = batches.stream()
                .filter(batch -> batch.run() != null && batch.run() == run.id())
                .map(Batch::id)
                .collect(Collectors.toSet());
        Map<Prompt, Boolean> prompts = new HashMap<>();
        for (Task task : tasks) {
            if (ofRun.contains(task.batch()) && task.prompt() != null) {
                prompts.merge(
                        new Prompt(task.batch(), task.organization(), task.prompt()),
                        proven.contains(task.id()),
                        Boolean::logicalAnd);
            }
        }
        long recounted = prompts.values().stream().filter(ran -> ran).count();
        Set<String> differences = prompts.entrySet().stream()
                .filter(prompt -> !prompt.getValue())
                .map(prompt -> prompt.getKey().name())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> recountedMissing = new TreeSet<>(differences);
        differences.removeAll(missing);
        missing.stream().filter(name -> !recountedMissing.contains(name)).forEach(differences::add);
        return new Coverage(run.key(), expected, covered, prompts.size(), recounted, List.copyOf(differences));
    }
}
