package dev.rollcall.trigger.catalog;

import static java.util.stream.Collectors.joining;

import dev.rollcall.trigger.csv.BadCsv;
import dev.rollcall.trigger.csv.CsvRecords;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;

/// A CSV file (RFC 4180, UTF-8) whose first line names the columns, read into rows.
final class CsvFile<R> {
    private final Sheet<R> sheet;
    private final Faults faults;
    private final List<Row<R>> rows = new ArrayList<>();
    private final Map<String, Long> lines = new HashMap<>();

    /// @param line where the row begins
    record Row<R>(long line, R value) {}

    private CsvFile(Sheet<R> sheet, Faults faults) {
        this.sheet = sheet;
        this.faults = faults;
    }

    /// Reads the whole file; what is wrong with it is added to `faults`.
    ///
    /// @return the rows that are right
    /// @throws UncheckedIOException when the sender went away
    static <R> List<Row<R>> read(InputStream file, Sheet<R> sheet, Faults faults) {
        CsvFile<R> reading = new CsvFile<>(sheet, faults);
        reading.read(file);
        return reading.rows;
    }

    private void read(InputStream file) {
        CsvRecords records = new CsvRecords(file, Long.MAX_VALUE);
        try {
            CSVRecord first = records.next();
            if (first == null) {
                faults.add(1, "the file is empty; its first line names the columns");
                return;
            }
            List<String> header = first.toList();
            if (!check(header)) {
                return;
            }
            for (CSVRecord record = records.next(); record != null; record = records.next()) {
                read(records.line(), header, record.toList());
            }
        } catch (BadCsv e) {
            // behind it nothing can be told apart any more
            faults.add(e.line(), e.getMessage() + "; the rest of the file was not read");
        }
    }

    private boolean check(List<String> header) {
        int before = faults.count();
        Set<String> named = new HashSet<>();
        for (int i = 0; i < header.size(); i++) {
            String column = header.get(i);
            if (!sheet.knows(column)) {
                faults.add(1, "column %d%s is unknown; known are %s".formatted(i + 1, quoted(column), known()));
            } else if (!named.add(column)) {
                faults.add(1, "column " + column + " is there twice");
            }
        }
        sheet.required().stream()
                .filter(column -> !named.contains(column))
                .forEach(column -> faults.add(1, "column " + column + " is missing"));
        return faults.count() == before;
    }

    /// Only what looks like a column's name is repeated: in a file without a header it may be a secret.
    private static String quoted(String column) {
        return column.matches("[A-Za-z][a-z_]{0,29}") ? " (%s)".formatted(column) : "";
    }

    private String known() {
        return Stream.concat(sheet.required().stream(), sheet.optional().stream())
                .collect(joining(", "));
    }

    private void read(long line, List<String> header, List<String> cells) {
        if (cells.size() == 1 && cells.getFirst().isEmpty()) {
            return; // an empty line, such as the last one
        }
        try {
            R row = sheet.read(cells(header, cells));
            String key = sheet.key(row);
            Long first = lines.putIfAbsent(key, line);
            if (first != null) {
                throw new BadCell("%s is on line %d already".formatted(key, first));
            }
            rows.add(new Row<>(line, row));
        } catch (BadCell e) {
            faults.add(line, String.valueOf(e.getMessage()));
        }
    }

    private static Cells cells(List<String> header, List<String> cells) throws BadCell {
        if (cells.size() != header.size()) {
            throw new BadCell("%d cells, but the header names %d columns".formatted(cells.size(), header.size()));
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            if (cells.get(i).indexOf('\0') >= 0) {
                throw new BadCell(header.get(i) + " holds a NUL character, which cannot be stored");
            }
            values.put(header.get(i), cells.get(i));
        }
        return new Cells(values);
    }
}
