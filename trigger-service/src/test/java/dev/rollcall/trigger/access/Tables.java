package dev.rollcall.trigger.access;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Jdbi;

/// The ledger's tables as the catalog has them, and whose their rows are: told by their columns, apart from the
/// policies.
final class Tables {
    private final Jdbi owner;
    private final Map<String, Set<String>> columns = new LinkedHashMap<>();

    /// @param owner sees everything
    Tables(Jdbi owner) {
        this.owner = owner;
        owner.useHandle(handle -> handle.createQuery("""
                        select c.relname, a.attname
                        from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                        where c.relnamespace = 'rollcall'::regnamespace and c.relkind in ('r', 'p')
                          and not c.relispartition and c.relname <> 'flyway_schema_history'
                        order by c.relname, a.attnum
                        """)
                .map((row, _) -> columns.computeIfAbsent(row.getString(1), _ -> new TreeSet<>())
                        .add(row.getString(2)))
                .list());
    }

    /// The rows of one organization, each as one text; empty when the table has nothing of any.
    Optional<List<String>> of(String organization, String table) {
        return organizations(table)
                .map(whose ->
                        rows(organization, "select t::text from %s t where :whose in (%s)".formatted(table, whose)));
    }

    /// Every row of every table but those of one organization.
    Map<String, List<String>> allBut(String organization) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        columns.keySet()
                .forEach(table -> rows.put(
                        table,
                        rows(
                                organization,
                                "select t::text from %s t where not coalesce(:whose in (%s), false) order by 1"
                                        .formatted(table, organizations(table).orElse("null")))));
        return rows;
    }

    private Optional<String> organizations(String table) {
        Set<String> has = columns.getOrDefault(table, Set.of());
        return switch (table) {
            case "organization" -> Optional.of("t.id");
            case "run" -> Optional.of("select b.organization from batch b where b.run = t.id");
            case "task" -> Optional.of(lane("t.id >> 24"));
            default ->
                has.contains("organization")
                        ? Optional.of("t.organization")
                        : has.contains("lane")
                                ? Optional.of(lane("t.lane"))
                                : has.contains("task")
                                        ? Optional.of(lane("t.task >> 24"))
                                        : has.contains("batch")
                                                ? Optional.of("select b.organization from batch b where b.id = t.batch")
                                                : Optional.empty();
        };
    }

    private static String lane(String id) {
        return "select b.organization from lane l join batch b on b.id = l.batch where l.id = " + id;
    }

    private List<String> rows(String organization, String query) {
        return owner.withHandle(handle -> handle.createQuery(query)
                .bind("whose", organization)
                .mapTo(String.class)
                .list());
    }
}
