package dev.rollcall.trigger.access;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import java.util.UUID;

/// Keys for tests of the API.
public final class TestKeys {
    /// What `application.properties` sets for tests.
    public static final String OPERATOR = "rc_operator_a-key-for-tests-of-forty-characters-or-more";

    private TestKeys() {}

    /// A new key of an organization that exists, as it is sent behind `Bearer `.
    public static String of(String organization, String... scopes) {
        String id = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        String secret = UUID.randomUUID() + "-" + UUID.randomUUID();
        Ledger.over(Backends.adminDataSource()).useHandle(handle -> handle.createUpdate("""
                                insert into api_key (id, organization, name, secret_hash, scopes, created_by)
                                values (:id, :organization, 'test', :hash, :scopes, 'test')
                                """)
                .bind("id", id)
                .bind("organization", organization)
                .bind("hash", new ApiKey(id, secret).hash())
                .bindArray("scopes", String.class, (Object[]) scopes)
                .execute());
        return "rc_" + id + "_" + secret;
    }
}
