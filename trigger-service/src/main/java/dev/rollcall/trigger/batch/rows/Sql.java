package dev.rollcall.trigger.batch.rows;

/// Words for a statement that can take no parameters.
final class Sql {
    private Sql() {}

    static String literal(String text) {
        // a null byte is in no text of the ledger; a backslash means itself
        return "'" + text.replace("'", "''") + "'";
    }
}
