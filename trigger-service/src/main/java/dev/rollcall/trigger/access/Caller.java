package dev.rollcall.trigger.access;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response.Status;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who calls.
///
/// @param name a key's id, `operator` or `scheduler`: what the audit says
/// @param organization whose rows it sees; null for all of them
/// @param scopes what it may do
public record Caller(String name, @Nullable String organization, Set<String> scopes) {
    static final String ATTRIBUTE = "rollcall.caller";

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /// The organization the call is for: the caller's own, or the one an operator names.
    ///
    /// @param named the query parameter `organization`, if any
    /// @throws HttpProblem (403) when a caller names another organization than its own, (400) when an operator
    // names
    ///     none
    public String organization(@Nullable String named) {
        if (organization == null) {
            if (named == null || named.isBlank()) {
                throw HttpProblem.valueOf(
                        Status.BAD_REQUEST, "an operator says for which organization: add ?organization=<id>");
            }
            return named;
        }
        if (named != null && !named.equals(organization)) {
            throw HttpProblem.valueOf(Status.FORBIDDEN, "this key is of another organization");
        }
        return organization;
    }
}
