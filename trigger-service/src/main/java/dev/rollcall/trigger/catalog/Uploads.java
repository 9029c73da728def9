package dev.rollcall.trigger.catalog;

import dev.rollcall.trigger.catalog.CsvFile.Row;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.List;

/// Receives files: how large one may be, and whether each of its lines is right.
@Singleton
class Uploads {
    private final long max;

    Uploads(CatalogConfig config) {
        this.max = config.maxFile().asLongValue();
    }

    /// @throws io.quarkiverse.resteasy.problem.HttpProblem (413) when too large, (400) naming the bad lines
    <R> List<Row<R>> receive(InputStream body, Sheet<R> sheet) {
        Faults faults = new Faults();
        List<Row<R>> rows = CsvFile.read(new Capped(body, max), sheet, faults);
        faults.refuseIfAny();
        return rows;
    }
}
