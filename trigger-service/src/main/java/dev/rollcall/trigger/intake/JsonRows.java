package dev.rollcall.trigger.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of a JSON array of objects. The first row names the columns; all others have the same, in any order. Numbers
/// and booleans keep their JSON text, null is an empty cell.
final class JsonRows implements Rows {
    private final JsonParser json;
    private final List<String> columns;
    private final String[] cells;
    private int row;
    private boolean first = true;

    /// @param json at the array's start; has been read once, so its syntax is right
    JsonRows(JsonParser json, int maxColumns) {
        this.json = json;
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        if (!object()) {
            throw Refusal.wrong("there are no rows");
        }
        for (String name = column(); name != null; name = column()) {
            names.add(name);
            values.add(cell(name));
        }
        if (names.isEmpty()) {
            throw Refusal.wrongRow(where(), "it has no columns");
        }
        this.columns = Columns.require(names, where(), maxColumns);
        this.cells = values.toArray(String[]::new);
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public String @Nullable [] next() {
        if (first) {
            first = false;
            return cells;
        }
        row++;
        if (!object()) {
            return null;
        }
        @Nullable String[] found = cells;
        Arrays.fill(found, null);
        int next = 0;
        for (String name = column(); name != null; name = column()) {
            // nearly always in the order of the first row
            int i = next < cells.length && columns.get(next).equals(name) ? next : columns.indexOf(name);
            if (i < 0) {
                throw Refusal.wrongRow(
                        where(), "column \"%s\" is none of %s".formatted(name, String.join(", ", columns)));
            }
            found[i] = cell(name);
            next = i + 1;
        }
        requireAll(found);
        return cells;
    }

    private void requireAll(@Nullable String[] found) {
        for (int i = 0; i < found.length; i++) {
            if (found[i] == null) {
                throw Refusal.wrongRow(where(), "column \"%s\" is missing".formatted(columns.get(i)));
            }
        }
    }

    @Override
    public String where() {
        return "row %d (counted from 0)".formatted(row);
    }

    /// @return false at the end of the array
    private boolean object() {
        return switch (token()) {
            case START_OBJECT -> true;
            case END_ARRAY -> false;
            default -> throw Refusal.wrongRow(where(), "it is no object");
        };
    }

    private @Nullable String column() {
        return token() == JsonToken.END_OBJECT ? null : text();
    }

    private String cell(String column) {
        return switch (token()) {
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> text();
            case VALUE_NULL -> "";
            default ->
                throw Refusal.wrongRow(
                        where(), "column \"%s\" is neither text, number, boolean nor null".formatted(column));
        };
    }

    private JsonToken token() {
        try {
            return json.nextToken();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text() {
        try {
            return json.getText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
