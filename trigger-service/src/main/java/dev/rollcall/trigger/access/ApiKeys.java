package dev.rollcall.trigger.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// The keys that callers hold. Each request looks its key up, so that a revocation counts at once.
@ApplicationScoped
class ApiKeys {
    private final Jdbi jdbi;
    private final Optional<ApiKey> operator;

    ApiKeys(Jdbi jdbi, @ConfigProperty(name = "rollcall.operator-key") Optional<String> operator) {
        this.jdbi = jdbi;
        this.operator = operator.filter(key -> !key.isBlank()).map(key -> ApiKey.read(key.strip())
                .orElseThrow(() -> new IllegalStateException(
                        "rollcall.operator-key must be rc_operator_<secret of 40 characters or more>")));
    }

    /// A row of `api_key`, as far as letting somebody in needs it.
    public record Row(String organization, byte[] secretHash, List<String> scopes) {}

    /// Whether the ledger must be asked for it: all but the operator's.
    boolean isInLedger(ApiKey key) {
        return operator.filter(its -> its.id().equals(key.id())).isEmpty();
    }

    /// Whose key this is, if it is anybody's and still good.
    Optional<Caller> caller(ApiKey key) {
        if (!isInLedger(key)) {
            return operator.filter(its -> key.matches(its.hash())).map(its -> Caller.operator());
        }
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select organization, secret_hash, scopes from api_key
                        where id = :id and revoked_at is null
                          and (expires_at is null or expires_at > clock_timestamp())
                        """)
                .bind("id", key.id())
                .map(ConstructorMapper.of(Row.class))
                .findOne()
                .filter(row -> key.matches(row.secretHash()))
                .map(row -> new Caller(key.id(), row.organization(), Set.copyOf(row.scopes()))));
    }

    /// Makes a key. It is known to nobody but who gets it from here.
    ApiKey make(Caller who, String organization, NewKey wanted) {
        ApiKey key = ApiKey.fresh();
        jdbi.useTransaction(tx -> {
            tx.createUpdate("""
                            insert into api_key (id, organization, name, secret_hash, scopes, created_by, expires_at)
                            values (:id, :organization, :name, :hash, :scopes, :who, :expiresAt)
                            """)
                    .bind("id", key.id())
                    .bind("organization", organization)
                    .bind("name", wanted.name())
                    .bind("hash", key.hash())
                    .bindArray("scopes", String.class, wanted.scopes())
                    .bind("who", who.name())
                    .bind("expiresAt", wanted.expiresAt())
                    .execute();
            Audit.note(tx, who, "key.create", organization, key.id(), String.join(" ", wanted.scopes()));
        });
        return key;
    }

    /// Nobody gets in by this key from now on. Harmless when it is revoked already.
    void revoke(Caller who, String id) {
        jdbi.useTransaction(tx -> tx.createQuery("""
                        update api_key set revoked_at = clock_timestamp() where id = :id and revoked_at is null
                        returning organization
                        """)
                .bind("id", id)
                .mapTo(String.class)
                .findOne()
                .ifPresent(organization -> Audit.note(tx, who, "key.revoke", organization, id, "revoked")));
    }
}
