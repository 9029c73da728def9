package dev.rollcall.trigger.access;

import jakarta.inject.Singleton;
import java.util.List;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/// Reads keys, as far as the caller may see them.
@Singleton
class KeyEntries {
    private final TenantLedger ledger;

    KeyEntries(TenantLedger ledger) {
        this.ledger = ledger;
    }

    boolean has(String id) {
        return ledger.read(handle -> handle.createQuery("select true from api_key where id = :id")
                .bind("id", id)
                .mapTo(Boolean.class)
                .findOne()
                .isPresent());
    }

    /// In the order of their ids.
    ///
    /// @param organization null for all of them
    /// @param after the last id of the page before; null for the first page
    List<KeyEntry> page(@Nullable String organization, @Nullable String after, int limit) {
        return ledger.read(handle -> handle.createQuery("""
                        select id as key_id, organization, name, scopes, created_at, created_by, expires_at, revoked_at
                        from api_key
                        where (cast(:organization as text) is null or organization = :organization)
                          and (cast(:after as text) is null or id > :after)
                        order by id limit :limit
                        """)
                .bind("organization", organization)
                .bind("after", after)
                .bind("limit", limit)
                .map(ConstructorMapper.of(KeyEntry.class))
                .list());
    }
}
