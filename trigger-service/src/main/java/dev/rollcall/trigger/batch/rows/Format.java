package dev.rollcall.trigger.batch.rows;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How results are written.
enum Format {
    JSONL("application/jsonl", List.of("application/jsonl", "application/x-ndjson", "application/x-jsonlines")),
    CSV("text/csv", List.of("text/csv"));

    private final String type;
    private final List<String> accepted;

    Format(String type, List<String> accepted) {
        this.type = type;
        this.accepted = accepted;
    }

    /// What is asked for by name, or else by `Accept`; JSONL when neither says.
    ///
    /// @param acceptable the most wanted first
    /// @throws BadRequestException (400) for any other name
    static Format of(@Nullable String named, List<MediaType> acceptable) {
        return switch (named) {
            case "jsonl" -> JSONL;
            case "csv" -> CSV;
            case null -> accepted(acceptable);
            default -> throw new BadRequestException("format must be jsonl or csv");
        };
    }

    String contentType() {
        return type + ";charset=UTF-8";
    }

    String fileName(String stem) {
        return stem + "." + (this == CSV ? "csv" : "jsonl");
    }

    Lines lines(Frame frame) {
        return this == CSV ? new CsvLines(frame) : new JsonLines(frame);
    }

    private static Format accepted(List<MediaType> acceptable) {
        return acceptable.stream()
                .map(type -> type.getType() + "/" + type.getSubtype())
                .filter(type -> JSONL.accepted.contains(type) || CSV.accepted.contains(type))
                .findFirst()
                .map(type -> CSV.accepted.contains(type) ? CSV : JSONL)
                .orElse(JSONL);
    }
}
