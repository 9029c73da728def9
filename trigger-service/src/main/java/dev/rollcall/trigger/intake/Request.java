package dev.rollcall.trigger.intake;

import dev.rollcall.trigger.access.Caller;
import org.jspecify.annotations.Nullable;

/// A request but for its rows.
record Request(Sender sender, Ask ask) {

    /// Who sends it.
    ///
    /// @param key what the sender calls the request, so that sending it twice makes one batch
    record Sender(
            Caller caller,
            Organization organization,
            @Nullable String key) {}

    /// Whose batch it will be.
    public record Organization(String id, String name) {}

    Caller caller() {
        return sender.caller();
    }

    Organization organization() {
        return sender.organization();
    }

    @Nullable
    String key() {
        return sender.key();
    }
}
