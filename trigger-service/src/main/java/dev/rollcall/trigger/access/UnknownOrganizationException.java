package dev.rollcall.trigger.access;

import jakarta.ws.rs.NotFoundException;

/// An operator names an organization that there is not (404).
public final class UnknownOrganizationException extends NotFoundException {
    public UnknownOrganizationException(String organization) {
        super("no organization \"%s\"".formatted(organization));
    }
}
