package dev.rollcall.trigger.catalog;

import static java.util.stream.Collectors.joining;

import dev.rollcall.trigger.catalog.Utf8Reader.Malformed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/// A CSV file (RFC 4180, UTF-8) whose first line names the columns, read into rows.
final class CsvFile<R> {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get();

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
        long line = 1;
        try (CSVParser parser = FORMAT.parse(new Utf8Reader(file))) {
            Iterator<CSVRecord> records = parser.iterator();
            if (!records.hasNext()) {
                faults.add(1, "the file is empty; its first line names the columns");
                return;
            }
            List<String> header = records.next().toList();
            if (!check(header)) {
                return;
            }
            while (true) {
                line = parser.getCurrentLineNumber() + 1;
                if (!records.hasNext()) {
                    return;
                }
                read(line, header, records.next().toList());
            }
        } catch (UncheckedIOException e) {
            stop(line, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            stop(line, e);
        }
    }

    /// Behind a broken quote or a malformed byte nothing can be told apart any more.
    private void stop(long line, IOException failure) {
        switch (failure) {
            case Malformed malformed -> faults.add(malformed.line(), "not UTF-8; the rest of the file was not read");
            case CSVException _ ->
                faults.add(line, "the quotes of this row do not match; the rest of the file was not read");
            default -> throw new UncheckedIOException(failure);
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
