package dev.rollcall.trigger.catalog;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response.Status;
import java.util.ArrayList;
import java.util.List;

/// What is wrong with a file, line by line.
final class Faults {
    private static final int MOST_NAMED = 100;

    /// @param line as an editor counts, from 1; where the row begins when it spans several
    record Fault(long line, String message) {}

    private final List<Fault> named = new ArrayList<>();
    private int count;

    void add(long line, String message) {
        count++;
        if (named.size() < MOST_NAMED) {
            named.add(new Fault(line, message));
        }
    }

    List<Fault> named() {
        return List.copyOf(named);
    }

    int count() {
        return count;
    }

    /// @throws HttpProblem (400) that names the first hundred bad lines, if there are any
    void refuseIfAny() {
        if (count > 0) {
            throw HttpProblem.builder()
                    .withStatus(Status.BAD_REQUEST)
                    .withTitle("Bad lines")
                    .withDetail((count == 1 ? "1 line is bad" : count + " lines are bad")
                            + "; nothing of this file was imported.")
                    .with("errorCount", count)
                    .with("errors", named)
                    .build();
        }
    }
}
