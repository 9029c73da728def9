package dev.rollcall.trigger.access;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/// Counts the requests of a key. Who may not call at all has been refused before.
@Provider
@Priority(Priorities.AUTHORIZATION)
public class RateFilter implements ContainerRequestFilter {
    private final SecurityIdentity identity;
    private final KeyRate rate;

    RateFilter(SecurityIdentity identity, KeyRate rate) {
        this.identity = identity;
        this.rate = rate;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Caller caller = identity.getAttribute(Caller.ATTRIBUTE);
        if (caller != null) {
            rate.count(caller);
        }
    }
}
