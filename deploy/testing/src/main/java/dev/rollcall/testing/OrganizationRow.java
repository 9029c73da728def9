package dev.rollcall.testing;

/// An organization in the ledger; each method changes it at once.
public record OrganizationRow(Sql sql, String id) {

    /// Adds active prompts named p1, p2, ...
    public OrganizationRow prompts(int count) {
        sql.execute("""
                insert into prompt (organization, id, text)
                select ?, 'p' || n, 'What is ' || n || '?' from generate_series(1, ?) as n
                """, id, count);
        return this;
    }

    public OrganizationRow prompt(String prompt, String text) {
        sql.execute("insert into prompt (organization, id, text) values (?, ?, ?)", id, prompt, text);
        return this;
    }

    public OrganizationRow named(String name) {
        sql.execute("update organization set name = ? where id = ?", name, id);
        return this;
    }

    public OrganizationRow inactive() {
        sql.execute("update organization set active = false where id = ?", id);
        return this;
    }
}
