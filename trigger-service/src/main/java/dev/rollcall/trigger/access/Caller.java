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

    static Caller operator() {
        return new Caller("operator", null, Set.of(Scope.READ, Scope.WRITE, Scope.OPERATE, Scope.OPERATOR));
    }

    static Caller scheduler() {
        return new Caller("scheduler", null, Set.of(Scope.OPERATOR));
    }

    /// The organization the call is for: the caller's own, or the one an operator names.
    ///
    /// @param named the query parameter `organization`, if any
    /// @throws HttpProblem (403) when a caller names another organization than its own, (400) when an operator
    /// names none
    public String organization(@Nullable String named) {
        String meant = organizationIfAny(named);
        if (meant == null) {
            throw HttpProblem.valueOf(
                    Status.BAD_REQUEST, "an operator says for which organization: add ?organization=<id>");
        }
        return meant;
    }

    /// The organization whose rows are asked for; null when an operator asks for all of them.
    ///
    /// @param named the query parameter `organization`, if any
    /// @throws HttpProblem (403) when a caller names another organization than its own
    public @Nullable String organizationIfAny(@Nullable String named) {
        String wanted = named == null || named.isBlank() ? null : named;
        if (organization != null && wanted != null && !wanted.equals(organization)) {
            throw HttpProblem.valueOf(Status.FORBIDDEN, "this key is of another organization");
        }
        return organization != null ? organization : wanted;
    }
}
