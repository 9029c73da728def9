package dev.rollcall.trigger.access;

import dev.rollcall.security.CronSecret;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;

/// Lets callers in by `Authorization: Bearer rc_<id>_<secret>`, and the scheduler by its secret.
@ApplicationScoped
class KeyMechanism implements HttpAuthenticationMechanism {
    static final String CHALLENGE = "Bearer realm=\"rollcall\"";
    private static final String BEARER = "Bearer ";
    private static final int UNAUTHORIZED = 401;

    private final ApiKeys keys;
    private final CronSecret cronSecret;

    KeyMechanism(ApiKeys keys, CronSecret cronSecret) {
        this.keys = keys;
        this.cronSecret = cronSecret;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        String authorization = context.request().getHeader("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return bearer(authorization.substring(BEARER.length()).strip());
        }
        String secret = context.request().getHeader(CronSecret.HEADER);
        return secret == null ? Uni.createFrom().nullItem() : Uni.createFrom().item(() -> identity(scheduler(secret)));
    }

    private Uni<SecurityIdentity> bearer(String given) {
        Optional<ApiKey> key = ApiKey.read(given);
        Uni<SecurityIdentity> who = Uni.createFrom()
                .item(() -> identity(key.flatMap(keys::caller)
                        .orElseThrow(
                                () -> new AuthenticationFailedException("the key is unknown, expired or revoked"))));
        // a look into the ledger blocks
        return key.filter(keys::isInLedger).isPresent()
                ? who.runSubscriptionOn(Infrastructure.getDefaultExecutor())
                : who;
    }

    private Caller scheduler(String secret) {
        try {
            cronSecret.require(secret);
        } catch (NotAuthorizedException e) {
            throw new AuthenticationFailedException("the header %s is wrong".formatted(CronSecret.HEADER), e);
        }
        return Caller.scheduler();
    }

    private static SecurityIdentity identity(Caller caller) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(caller.name()))
                .addRoles(caller.scopes())
                .addAttribute(Caller.ATTRIBUTE, caller)
                .build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(UNAUTHORIZED, HttpHeaders.WWW_AUTHENTICATE, CHALLENGE));
    }
}
