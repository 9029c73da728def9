package dev.rollcall.local.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A problem answer (RFC 9457), as far as it is shown to people.
public record Problem(
        @Nullable String title,
        @Nullable String detail,
        @Nullable List<BadLine> errors) {

    static final Problem UNTOLD = new Problem(null, null, null);

    /// One line of an imported file that was not understood.
    public record BadLine(int line, String message) {}

    List<BadLine> badLines() {
        return errors == null ? List.of() : List.copyOf(errors);
    }

    String inWords(int status) {
        if (detail != null) {
            return detail;
        }
        return title != null ? title : "it answered with HTTP status " + status;
    }
}
