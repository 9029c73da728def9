package dev.rollcall.trigger.csv;

import dev.rollcall.trigger.csv.Utf8Reader.Endless;
import dev.rollcall.trigger.csv.Utf8Reader.Malformed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Objects;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/// The records of a CSV stream, one after the other, in constant memory.
///
/// The stream is not closed: to close the body of a request is to wait for the rest of it.
public final class CsvRecords {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get();

    private final Utf8Reader reader;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private long line;

    /// @param most characters that one record may have, give or take the parser's buffer
    public CsvRecords(InputStream in, long most) {
        this.reader = new Utf8Reader(in, most);
        try {
            this.parser = FORMAT.parse(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.records = parser.iterator();
    }

    /// The next record, null at the end. An empty line is a record of one empty cell.
    ///
    /// @throws BadCsv when it cannot be told apart; there is no going on then
    /// @throws UncheckedIOException when the sender went away
    public @Nullable CSVRecord next() throws BadCsv {
        line = parser.getCurrentLineNumber() + 1;
        reader.recordBegins();
        try {
            return records.hasNext() ? records.next() : null;
        } catch (UncheckedIOException e) {
            throw switch (Objects.requireNonNull(e.getCause())) {
                case Malformed malformed -> new BadCsv(malformed.line(), "not UTF-8");
                case CSVException _ -> new BadCsv(line, "the quotes of this row do not match");
                case Endless _ -> new BadCsv(line, "the row is too long, or its quotes do not match");
                default -> throw e;
            };
        }
    }

    /// Where the latest record begins: as an editor counts, from 1.
    public long line() {
        return line;
    }
}
