package dev.rollcall.trigger.access;

import jakarta.inject.Singleton;
import java.util.List;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/// Reads the audit, as far as the caller may see it.
@Singleton
class AuditEntries {
    private final TenantLedger ledger;

    AuditEntries(TenantLedger ledger) {
        this.ledger = ledger;
    }

    /// Newest first.
    ///
    /// @param organization null for all of them
    /// @param before the last id of the page before; null for the first page
    List<AuditEntry> page(@Nullable String organization, @Nullable Long before, int limit) {
        return ledger.read(handle -> handle.createQuery("""
                        select id, at, who, what, organization, target, result
                        from audit
                        where (cast(:organization as text) is null or organization = :organization)
                          and (cast(:before as bigint) is null or id < :before)
                        order by id desc limit :limit
                        """)
                .bind("organization", organization)
                .bind("before", before)
                .bind("limit", limit)
                .map(ConstructorMapper.of(AuditEntry.class))
                .list());
    }
}
