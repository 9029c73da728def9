package dev.rollcall.trigger.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// The keys that callers hold. Each request looks its key up, so that a revocation counts at once.
@ApplicationScoped
class ApiKeys {
    private static final String OPERATOR = "operator";
    private static final Set<String> EVERYTHING = Set.of(Scope.READ, Scope.WRITE, Scope.OPERATE, Scope.OPERATOR);

    private final Jdbi jdbi;
    private final Optional<ApiKey> operator;

    ApiKeys(Jdbi jdbi, @ConfigProperty(name = "rollcall.operator-key") Optional<String> operator) {
        this.jdbi = jdbi;
        this.operator = operator.filter(key -> !key.isBlank()).map(key -> ApiKey.read(key)
                .orElseThrow(() -> new IllegalStateException(
                        "rollcall.operator-key must be rc_operator_<secret of 40 characters or more>")));
    }

    /// A row of `api_key`, as far as letting somebody in needs it.
    public record Row(String organization, byte[] secretHash, List<String> scopes) {}

    /// Whose key this is, if it is anybody's and still good.
    Optional<Caller> caller(ApiKey key) {
        if (operator.isPresent() && key.id().equals(operator.get().id())) {
            return MessageDigest.isEqual(operator.get().hash(), key.hash())
                    ? Optional.of(new Caller(OPERATOR, null, EVERYTHING))
                    : Optional.empty();
        }
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select organization, secret_hash, scopes from api_key
                        where id = :id and revoked_at is null
                          and (expires_at is null or expires_at > clock_timestamp())
                        """)
                .bind("id", key.id())
                .map(ConstructorMapper.of(Row.class))
                .findOne()
                .filter(row -> MessageDigest.isEqual(row.secretHash(), key.hash()))
                .map(row -> new Caller(key.id(), row.organization(), Set.copyOf(row.scopes()))));
    }
}
