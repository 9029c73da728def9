package dev.rollcall.servers;

import org.flywaydb.core.Flyway;

/// The ledger's tables, roles and grants, from the migrations in `common`.
public final class LedgerSchema {

    /// Everything of the ledger is in this schema.
    public static final String NAME = "rollcall";

    private LedgerSchema() {}

    /// Brings the schema to this build's version. Harmless when it is there already.
    ///
    /// @param user who will own the tables; must be allowed to create roles
    /// @return how many migrations were run
    public static int migrate(String jdbcUrl, String user, String password) {
        return Flyway.configure(LedgerSchema.class.getClassLoader())
                .dataSource(jdbcUrl, user, password)
                .defaultSchema(NAME)
                .createSchemas(true)
                .locations("classpath:db/migration")
                .load()
                .migrate()
                .migrationsExecuted;
    }
}
