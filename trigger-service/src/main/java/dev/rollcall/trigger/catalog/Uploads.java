package dev.rollcall.trigger.catalog;

import dev.rollcall.security.CronSecret;
import dev.rollcall.trigger.catalog.CsvFile.Row;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Receives files: who may send one, how large it may be, and whether each of its lines is right.
@Singleton
class Uploads {
    private final CronSecret secret;
    private final long max;

    Uploads(CronSecret secret, CatalogConfig config) {
        this.secret = secret;
        this.max = config.maxFile().asLongValue();
    }

    /// @param given the secret as the sender gave it
    /// @throws jakarta.ws.rs.NotAuthorizedException (401) when it is not the secret
    /// @throws io.quarkiverse.resteasy.problem.HttpProblem (413) when too large, (400) naming the bad lines
    <R> List<Row<R>> receive(@Nullable String given, InputStream body, Sheet<R> sheet) {
        secret.require(given);
        Faults faults = new Faults();
        List<Row<R>> rows = CsvFile.read(new Capped(body, max), sheet, faults);
        faults.refuseIfAny();
        return rows;
    }
}
