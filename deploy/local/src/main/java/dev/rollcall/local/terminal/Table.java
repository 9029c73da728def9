package dev.rollcall.local.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Rows under headings, each column as wide as its widest cell. Columns of numbers stand to the right.
public final class Table {

    private static final String GAP = "  ";

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        this.headings = List.of(headings);
    }

    /// @param cells null is a dash
    public Table row(@Nullable Object... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException("%d cells under %d headings".formatted(cells.length, headings.size()));
        }
        var row = new ArrayList<String>();
        for (Object cell : cells) {
            row.add(cell instanceof Number number ? number(number) : Objects.toString(cell, "-"));
        }
        rows.add(row);
        return this;
    }

    /// The headings and all rows; a single line when there is none.
    public List<String> lines() {
        if (rows.isEmpty()) {
            return List.of("none");
        }
        var lines = new ArrayList<String>();
        lines.add(line(headings));
        rows.forEach(row -> lines.add(line(row)));
        return lines;
    }

    private String line(List<String> cells) {
        var line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            String space = " ".repeat(width(column) - cell.length());
            line.append(isNumeric(column) ? space + cell : cell + space).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream()
                .mapToInt(row -> row.get(column).length())
                .reduce(headings.get(column).length(), Math::max);
    }

    private boolean isNumeric(int column) {
        return rows.stream().map(row -> row.get(column)).allMatch(cell -> cell.matches("-|[0-9][0-9,.]*( %)?"));
    }

    private static String number(Number number) {
        return number instanceof Double || number instanceof Float
                ? Words.decimal(number.doubleValue())
                : Words.count(number.longValue());
    }
}
