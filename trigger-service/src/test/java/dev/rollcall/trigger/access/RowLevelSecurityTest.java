package dev.rollcall.trigger.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What PostgreSQL itself shows the role that callers read as. The tables are the catalog's: a new one that the
/// role may read is tested too, and fails without a policy, or without a row in [Tenant].
class RowLevelSecurityTest {
    /// Tables that have nothing of any organization.
    private static final Set<String> EVERYBODYS = Set.of("handler", "provider", "queue_setting");

    private final Jdbi owner = Ledger.over(Backends.adminDataSource());
    private final Jdbi api = Ledger.over(Backends.shared().dataSource("rollcall_api"));
    private final Tables tables = new Tables(owner);

    @BeforeEach
    void twoTenants() {
        new LedgerFixture(Backends.adminDataSource()).clean();
        Tenant.settle(owner, "acme");
        Tenant.settle(owner, "bird");
    }

    @Test
    void everyTableThatMayBeReadHasOnePolicyThatNobodyEscapes() {
        assertThat(readable()).contains("task", "item", "attempt", "batch", "api_key", "audit");
        List<String> open = catalog("""
                select c.relname from pg_class c
                where c.relnamespace = 'rollcall'::regnamespace and c.relkind in ('r', 'p', 'm', 'f')
                  and has_any_column_privilege('rollcall_api', c.oid, 'select')
                  and not (c.relrowsecurity and c.relforcerowsecurity
                           and (select count(*) = 1 and bool_and(p.polcmd = 'r' and p.polname = 'tenant')
                                from pg_policy p
                                where p.polrelid = c.oid
                                  and (p.polroles = '{0}' or 'rollcall_api'::regrole::oid = any (p.polroles))))
                """);
        assertThat(open).containsExactlyInAnyOrderElementsOf(EVERYBODYS);
    }

    @Test
    void everyViewThatMayBeReadLooksWithTheReadersEyes() {
        assertThat(catalog("""
                select relname from pg_class
                where relnamespace = 'rollcall'::regnamespace and relkind = 'v'
                  and has_any_column_privilege('rollcall_api', oid, 'select')
                  and not coalesce('security_invoker=true' = any (reloptions), false)
                """)).isEmpty();
    }

    @Test
    void aTransactionThatNamesNobodySeesNothing() {
        for (String table : readable()) {
            assertThat(api.<List<String>, RuntimeException>withHandle(
                            handle -> handle.createQuery("select t::text from %s t".formatted(table))
                                    .mapTo(String.class)
                                    .list()))
                    .as(table)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "%", "nobody", "acme,bird", "ACME"})
    void whatIsNoOrganizationSeesNothing(String name) {
        readable().forEach(table -> assertThat(seen(name, table)).as(table).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "bird"})
    void anOrganizationSeesAllItsRowsAndNoOther(String organization) {
        for (String table : readable()) {
            List<String> own = tables.of(organization, table)
                    .orElseThrow(() -> new AssertionError("whose are the rows of %s?".formatted(table)));
            assertThat(own).as("Tenant has no row of " + table).isNotEmpty();
            assertThat(seen(organization, table)).as(table).containsExactlyInAnyOrderElementsOf(own);
        }
    }

    @Test
    void aNameThatATransactionSetIsGoneWithIt() {
        api.useHandle(handle -> {
            handle.useTransaction(tx -> tx.execute("select set_config('app.org', 'acme', true)"));
            assertThat(handle.select("select id from batch").mapTo(Long.class).list())
                    .isEmpty();
        });
    }

    @Test
    void theRoleMayWriteNothing() {
        assertThat(catalog("""
                select relname from pg_class
                where relnamespace = 'rollcall'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
                  and (has_table_privilege('rollcall_api', oid, 'insert, update, delete, truncate, references, trigger')
                       or has_any_column_privilege('rollcall_api', oid, 'insert, update, references'))
                union all
                select relname from pg_class
                where relnamespace = 'rollcall'::regnamespace
                  and case when relkind = 'S' then has_sequence_privilege('rollcall_api', oid, 'usage, update') end
                union all
                select proname from pg_proc
                where pronamespace = 'rollcall'::regnamespace and prosecdef
                  and has_function_privilege('rollcall_api', oid, 'execute')
                union all
                select nspname from pg_namespace
                where nspname = 'rollcall' and has_schema_privilege('rollcall_api', oid, 'create')
                union all
                select rolname from pg_roles
                where rolname = 'rollcall_api' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)
                union all
                select roleid::regrole::text from pg_auth_members where member = 'rollcall_api'::regrole
                """)).isEmpty();
        assertThatThrownBy(() -> api.useTransaction(tx -> {
                    tx.execute("select set_config('app.org', 'acme', true)");
                    tx.execute("update batch set priority = 9");
                }))
                .hasMessageContaining("permission denied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select base_url from provider",
                "select key_variable from provider",
                "select secret from signing_secret",
                "select key from idempotency",
                "select tasks from claim",
                "select id from task_20261120"
            })
    void whatIsNobodysBusinessCanNotBeRead(String query) {
        assertThatThrownBy(() ->
                        api.useHandle(handle -> handle.select(query).mapToMap().list()))
                .hasMessageContaining("permission denied");
    }

    private List<String> readable() {
        return catalog("""
                select relname from pg_class
                where relnamespace = 'rollcall'::regnamespace and relkind in ('r', 'p', 'm', 'f')
                  and has_any_column_privilege('rollcall_api', oid, 'select')
                order by relname
                """).stream()
                .filter(table -> !EVERYBODYS.contains(table))
                .toList();
    }

    private List<String> seen(String organization, String table) {
        return api.inTransaction(tx -> {
            tx.createQuery("select set_config('app.org', :organization, true)")
                    .bind("organization", organization)
                    .mapTo(String.class)
                    .one();
            return tx.createQuery("select t::text from %s t".formatted(table))
                    .mapTo(String.class)
                    .list();
        });
    }

    private List<String> catalog(String query) {
        return owner.withHandle(
                handle -> handle.createQuery(query).mapTo(String.class).list());
    }
}
