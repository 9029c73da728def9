package dev.rollcall.trigger.access;

import dev.rollcall.ledger.Storable;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.Response.Status;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A key that somebody wants.
///
/// @param name what its owner calls it
/// @param scopes what it may be used for: `read`, `write`, `operate`
/// @param expiresAt when it ends by itself; null for never
record NewKey(String name, List<String> scopes, @Nullable Instant expiresAt) {
    private static final Set<String> KNOWN = new TreeSet<>(Set.of(Scope.READ, Scope.WRITE, Scope.OPERATE));
    private static final int LONGEST_NAME = 100;

    /// As it comes in a request: anything may be missing.
    public record Wish(
            @Nullable String name,
            @Nullable List<@Nullable String> scopes,
            @Nullable Instant expiresAt) {}

    /// @throws BadRequestException (400) for what cannot be meant
    static NewKey of(@Nullable Wish wish, Instant now) {
        if (wish == null
                || wish.name() == null
                || wish.name().isBlank()
                || wish.name().length() > LONGEST_NAME) {
            throw new BadRequestException("name must have between 1 and %d characters".formatted(LONGEST_NAME));
        }
        if (!Storable.isText(wish.name())) {
            throw new BadRequestException("name must hold no NUL character and no half of a surrogate pair");
        }
        return new NewKey(wish.name(), scopes(wish.scopes()), end(wish.expiresAt(), now));
    }

    private static @Nullable Instant end(@Nullable Instant wished, Instant now) {
        if (wished != null && !wished.isAfter(now)) {
            throw new BadRequestException("expiresAt must be later than now, " + now);
        }
        if (wished != null && !Storable.isTime(wished)) {
            throw new BadRequestException("expiresAt must be " + Storable.YEARS);
        }
        return wished;
    }

    private static List<String> scopes(@Nullable List<@Nullable String> wished) {
        if (wished == null
                || wished.isEmpty()
                || wished.stream().anyMatch(scope -> scope == null || !KNOWN.contains(scope))) {
            throw new BadRequestException("scopes must name one or more of " + String.join(", ", KNOWN));
        }
        return KNOWN.stream().filter(wished::contains).toList();
    }

    /// @throws HttpProblem (403) when the giver lacks a scope itself
    void requireGivenBy(Caller giver) {
        List<String> lacking =
                scopes.stream().filter(scope -> !giver.scopes().contains(scope)).toList();
        if (!lacking.isEmpty()) {
            throw HttpProblem.valueOf(
                    Status.FORBIDDEN,
                    "a key gives no more than it has, and this one lacks " + String.join(", ", lacking));
        }
    }
}
