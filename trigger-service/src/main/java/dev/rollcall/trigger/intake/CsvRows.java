package dev.rollcall.trigger.intake;

import dev.rollcall.trigger.csv.BadCsv;
import dev.rollcall.trigger.csv.CsvRecords;
import java.io.InputStream;
import java.util.List;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/// Rows of a CSV stream whose first line names the columns. An empty line is no row.
final class CsvRows implements Rows {
    /// A record's quotes and the parser's read-ahead are no cells.
    private static final int SLACK = 64 * 1024;

    private final CsvRecords records;
    private final List<String> columns;
    private final Runnable atEnd;

    CsvRows(InputStream in, IntakeConfig limits) {
        this(in, limits, () -> {});
    }

    /// @param atEnd judges what is behind the rows
    CsvRows(InputStream in, IntakeConfig limits, Runnable atEnd) {
        this.atEnd = atEnd;
        this.records = new CsvRecords(in, 2 * limits.maxRow().asLongValue() + SLACK);
        CSVRecord header = record();
        if (header == null || isEmptyLine(header)) {
            throw Refusal.wrongRow("line 1", "the header is missing; it names the columns");
        }
        this.columns = Columns.require(header.toList(), "line 1", limits.maxColumns());
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public String @Nullable [] next() {
        CSVRecord record = record();
        while (record != null && isEmptyLine(record)) {
            record = record();
        }
        if (record != null && record.size() != columns.size()) {
            throw Refusal.wrongRow(
                    where(), "%d cells, but the header names %d columns".formatted(record.size(), columns.size()));
        }
        if (record == null) {
            atEnd.run();
            return null;
        }
        return record.values();
    }

    @Override
    public String where() {
        return "line " + records.line();
    }

    private @Nullable CSVRecord record() {
        try {
            return records.next();
        } catch (BadCsv e) {
            throw Refusal.wrongRow("line " + e.line(), String.valueOf(e.getMessage()));
        }
    }

    private static boolean isEmptyLine(CSVRecord record) {
        return record.size() == 1 && record.get(0).isEmpty();
    }
}
