package dev.rollcall.trigger.batch.rows;

import dev.rollcall.trigger.batch.rows.Frame.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Results as CSV (RFC 4180, lines end in LF): what a spreadsheet would take for a formula gets a leading `'`.
final class Csv {
    private static final String FORMULA_STARTS = "=+-@\t\r";
    private static final List<String> AFTER = List.of(
            "provider", "state", "answer", "reason", "attempts", "model", "tokens_in", "tokens_out", "ended_at");

    private Csv() {}

    /// The names of the columns. A row's column that is called like one of ours is `cells.<name>`.
    static String header(Frame frame) {
        List<String> names = new ArrayList<>();
        names.add("row");
        frame.columns().forEach(name -> names.add(AFTER.contains(name) || name.equals("row") ? "cells." + name : name));
        names.addAll(AFTER);
        return names.stream().map(Csv::field).collect(Collectors.joining(",", "", "\n"));
    }

    static String line(Frame frame, Lane lane) {
        List<String> fields = new ArrayList<>();
        fields.add("i.n");
        for (int i = 1; i <= frame.columns().size(); i++) {
            fields.add(defused("i.cells[%d]".formatted(i)));
        }
        fields.add(Sql.literal(defuse(lane.provider())));
        fields.add("t.state");
        fields.add(defused("a.answer"));
        fields.add(defused("t.reason"));
        fields.add("t.attempt");
        fields.add(defused("a.model"));
        fields.add("a.tokens_in");
        fields.add("a.tokens_out");
        fields.add("trim(both '\"' from to_json(a.ended_at)::text)");
        return String.join(", ", fields);
    }

    private static String field(String text) {
        String safe = defuse(text);
        boolean plain = safe.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }

    private static String defuse(String text) {
        return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    /// The same in SQL: `ascii` is the code of the first character.
    private static String defused(String expression) {
        String starts = FORMULA_STARTS.chars().mapToObj(Integer::toString).collect(Collectors.joining(", "));
        return "case when ascii(%1$s) in (%2$s) then '''' || %1$s else %1$s end".formatted(expression, starts);
    }
}
