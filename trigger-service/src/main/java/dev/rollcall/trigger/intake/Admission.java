package dev.rollcall.trigger.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.rollcall.trigger.access.TenantLedger;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Judges a request before its rows are read: whether what it names is there, and whether there is room.
@Singleton
class Admission {
    private static final int COME_AGAIN_SECONDS = 30;

    private final Jdbi jdbi;
    private final TenantLedger ledger;
    private final IntakeConfig limits;

    Admission(Jdbi jdbi, TenantLedger ledger, IntakeConfig limits) {
        this.jdbi = jdbi;
        this.ledger = ledger;
        this.limits = limits;
    }

    /// @throws HttpProblem (400, 409, 413, 429) that says what stands against it
    void require(Request request, List<String> columns) {
        Ask ask = request.ask();
        requireProviders(request);
        int promptSize = ask.prompt().getBytes(UTF_8).length;
        if (promptSize > limits.maxRow().asLongValue()) {
            throw Refusal.large("the prompt has %d bytes; rollcall.batch.max-row is %d"
                    .formatted(promptSize, limits.maxRow().asLongValue()));
        }
        ask.requireColumns(columns);
        String organization = request.organization().id();
        jdbi.useHandle(handle -> {
            if (ask.webhook() != null && !hasSigningSecret(handle, organization)) {
                throw Refusal.conflict(
                        "a webhook is signed, and the organization has no signing secret; create one: PUT /api/signing-secret");
            }
            requireRoom(Batches.open(handle, organization, limits.maxOpen()));
        });
    }

    /// @param open batches, without the new one
    /// @throws HttpProblem (429) when there may not be one more
    void requireRoom(int open) {
        if (open >= limits.maxOpen()) {
            throw HttpProblem.builder()
                    .withStatus(Status.TOO_MANY_REQUESTS)
                    .withTitle(Status.TOO_MANY_REQUESTS.getReasonPhrase())
                    .withDetail(
                            "the organization has %d batches that are not final, which is rollcall.batch.max-open; wait for one or cancel one"
                                    .formatted(open))
                    .withHeader(HttpHeaders.RETRY_AFTER, COME_AGAIN_SECONDS)
                    .build();
        }
    }

    private void requireProviders(Request request) {
        Map<String, Boolean> known = ledger.read(request.caller(), Admission::providers);
        String active = known.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(joining(", "));
        String choice = active.isEmpty() ? "there is no active one" : "the active ones are " + active;
        if (request.ask().providers().isEmpty()) {
            throw Refusal.wrong("providers are missing; " + choice);
        }
        for (String provider : request.ask().providers()) {
            Boolean isActive = known.get(provider);
            if (isActive == null) {
                throw Refusal.wrong("there is no provider \"%s\"; %s".formatted(provider, choice));
            }
            if (!isActive) {
                throw Refusal.wrong("provider \"%s\" is not active; %s".formatted(provider, choice));
            }
        }
    }

    /// Whether each is active, in the order of their ids.
    private static Map<String, Boolean> providers(Handle handle) {
        Map<String, Boolean> providers = new TreeMap<>();
        handle.createQuery("select id, active from provider")
                .map((row, _) -> Map.entry(row.getString("id"), row.getBoolean("active")))
                .forEach(provider -> providers.put(provider.getKey(), provider.getValue()));
        return providers;
    }

    private static boolean hasSigningSecret(Handle handle, String organization) {
        return handle.createQuery("select exists (select from signing_secret where organization = :organization)")
                .bind("organization", organization)
                .mapTo(Boolean.class)
                .one();
    }
}
