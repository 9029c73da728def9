package dev.rollcall.local.client;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call of a service that brought nothing. The message is for a person.
public sealed class ApiFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private ApiFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static String reason(IOException e) {
        String message = e instanceof JacksonException json ? json.getOriginalMessage() : e.getMessage();
        return message == null ? "no connection" : message;
    }

    /// Nobody answered, or not in time, or what answered is no Rollcall: it may be better later.
    public static final class Unreachable extends ApiFailure {
        private static final long serialVersionUID = 1;

        Unreachable(URI uri, String why, @Nullable Throwable cause) {
            super("%s does not answer (%s)".formatted(uri, why), cause);
        }
    }

    /// The service said no.
    public static final class Refused extends ApiFailure {
        private static final long serialVersionUID = 1;

        private final int status;
        private final transient List<Problem.BadLine> badLines;

        Refused(int status, Problem problem) {
            super(problem.inWords(status), null);
            this.status = status;
            this.badLines = problem.badLines();
        }

        public int status() {
            return status;
        }

        /// The lines of a file that were not understood; none if the file was not the matter.
        public List<Problem.BadLine> badLines() {
            return badLines;
        }
    }
}
