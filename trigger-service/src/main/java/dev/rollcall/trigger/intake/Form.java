package dev.rollcall.trigger.intake;

import dev.rollcall.trigger.csv.Utf8Reader;
import dev.rollcall.trigger.intake.Parts.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// A request in two parts: `request`, which is JSON, and `rows`, which is CSV. Rows that come behind the request are
/// read as they arrive; those before it are kept in a file until it is known.
final class Form {
    private static final String REQUEST = "request";
    private static final String ROWS = "rows";

    private final Parts parts;
    private final IntakeConfig limits;

    Form(Parts parts, IntakeConfig limits) {
        this.parts = parts;
        this.limits = limits;
    }

    /// What is done with the two.
    interface Taking {
        Accepted take(Ask ask, Rows rows);
    }

    Accepted read(Taking taking) {
        Part first = next();
        if (first == null) {
            throw Refusal.wrong("the parts \"request\" and \"rows\" are missing");
        }
        return switch (first.name()) {
            case REQUEST -> {
                Ask ask = ask(first);
                yield taking.take(ask, new CsvRows(required(ROWS).content(), limits, this::requireEnd));
            }
            case ROWS -> {
                try (Spool rows = new Spool(first.content())) {
                    Ask ask = ask(required(REQUEST));
                    requireEnd();
                    yield taking.take(ask, new CsvRows(rows.read(), limits));
                }
            }
            default -> throw unknown(first);
        };
    }

    private Ask ask(Part part) {
        long max = limits.maxJson().asLongValue();
        String tooLarge =
                "the part \"request\" is larger than %d bytes, which is rollcall.batch.max-json".formatted(max);
        return AskJson.read(new Utf8Reader(new Body(part.content(), max, tooLarge, limits), Long.MAX_VALUE), false);
    }

    private Part required(String name) {
        Part part = next();
        if (part == null) {
            throw Refusal.wrong("the part \"%s\" is missing".formatted(name));
        }
        if (!part.name().equals(name)) {
            throw unknown(part);
        }
        return part;
    }

    private void requireEnd() {
        Part more = next();
        if (more != null) {
            throw unknown(more);
        }
    }

    private static RuntimeException unknown(Part part) {
        return Refusal.wrong(
                "the part \"%s\" is unknown or there twice; there are \"request\" and \"rows\"".formatted(part.name()));
    }

    private @Nullable Part next() {
        try {
            return parts.next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
