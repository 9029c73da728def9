package dev.rollcall.trigger.catalog;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// One row of a file, by the names of its columns.
///
/// @param values by column; a column the header doesn't name is not there
record Cells(Map<String, String> values) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /// Empty when the column is left out.
    String get(String column) {
        return values.getOrDefault(column, "");
    }

    String id(String column) throws BadCell {
        String value = get(column);
        if (!ID.matcher(value).matches()) {
            throw new BadCell(
                    column
                            + " must be 1 to 100 letters, digits, dots, underscores or hyphens and begin with a letter or a digit");
        }
        return value;
    }

    String text(String column) throws BadCell {
        String value = get(column);
        if (value.isBlank()) {
            throw new BadCell(column + " must not be empty");
        }
        return value;
    }

    String oneOf(String column, List<String> known) throws BadCell {
        String value = get(column);
        if (!known.contains(value)) {
            throw new BadCell(column + " must be one of " + String.join(", ", known));
        }
        return value;
    }

    /// True when the cell is empty or left out.
    boolean flag(String column) throws BadCell {
        return switch (get(column)) {
            case "", "true" -> true;
            case "false" -> false;
            default -> throw new BadCell(column + " must be true or false");
        };
    }

    /// @param otherwise when the cell is empty or left out
    int number(String column, int otherwise, int max) throws BadCell {
        String value = get(column);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (value.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= max) {
                return number;
            }
        }
        throw new BadCell(column + " must be a whole number from 1 to " + max);
    }
}
