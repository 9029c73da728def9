package dev.rollcall.trigger.job;

import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import org.jdbi.v3.core.Handle;

/// One prompt to one provider; its queue is the provider's.
@Singleton
class PromptJob implements JobType {
    @Override
    public String name() {
        return "prompt";
    }

    @Override
    public String queue(Fields payload, Handle ledger, String organization) {
        payload.only("provider", "prompt").neededText("prompt");
        String provider = payload.neededText("provider");
        if (!isActive(ledger, provider)) {
            throw new BadRequestException("provider \"%s\" is unknown or not active".formatted(provider));
        }
        return provider;
    }

    private static boolean isActive(Handle ledger, String provider) {
        return ledger.createQuery("select exists (select from provider where id = :provider and active)")
                .bind("provider", provider)
                .mapTo(Boolean.class)
                .one();
    }
}
