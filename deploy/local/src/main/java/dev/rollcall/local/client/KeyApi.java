package dev.rollcall.local.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The trigger-service's interface to the keys of callers. Every call may end in an [ApiFailure].
public record KeyApi(Api api) {

    private static final String ALL = "/api/keys";

    private record Secret(String secret) {}

    /// @param expiresAt null for never
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Order(
            String name, List<String> scopes, @Nullable Instant expiresAt) {}

    /// @param key the whole key, told this once
    public record Created(String keyId, String key) {}

    /// What is known of a key; the key itself is not.
    public record Key(
            String keyId,
            String name,
            @Nullable String organization,
            @Nullable List<String> scopes,
            @Nullable Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt) {}

    /// @param organization whose key it is; null for the caller's own
    public Created create(Order order, @Nullable String organization) {
        return api.json("POST", ofOrganization(ALL, organization), order, Created.class)
                .body();
    }

    public Page<Key> list(@Nullable String organization, int most) {
        var query = new Query(ALL).with("organization", organization);
        return Page.upTo(most, pieces -> api.page(query.and(pieces), Key.class));
    }

    public void revoke(String id) {
        api.send("DELETE", ALL + "/" + Api.encode(id));
    }

    /// A new secret to sign an organization's webhooks with, told this once.
    public String newSigningSecret(@Nullable String organization) {
        String path = ofOrganization("/api/signing-secret", organization);
        return api.put(path, Secret.class).body().secret();
    }

    private static String ofOrganization(String path, @Nullable String organization) {
        return new Query(path).with("organization", organization).toString();
    }
}
